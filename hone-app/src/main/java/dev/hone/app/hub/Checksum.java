package dev.hone.app.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the bytes of a file have to hash to.
sealed interface Checksum {

    /// @param hex 64 digits, in small letters
    record Sha256(String hex) implements Checksum {}

    /// The name that git gives a file: SHA-1 over `blob`, its length and its bytes.
    ///
    /// @param hex 40 digits, in small letters
    record GitBlob(String hex) implements Checksum {}

    /// The hub lists none.
    record Unlisted() implements Checksum {}

    /// The digits; empty if there are none.
    default String hex() {
        return switch (this) {
            case Sha256(String hex) -> hex;
            case GitBlob(String hex) -> hex;
            case Unlisted() -> "";
        };
    }

    /// The kind of hash, for people.
    default String kind() {
        return switch (this) {
            case Sha256 _ -> "SHA-256";
            case GitBlob _ -> "git's SHA-1";
            case Unlisted _ -> "no hash";
        };
    }

    /// The hash of this kind that a file really has.
    default String found(Path file) throws IOException {
        return switch (this) {
            case Sha256 _ -> hash("SHA-256", "", file);
            case GitBlob _ -> hash("SHA-1", "blob " + Files.size(file) + "\0", file);
            case Unlisted _ -> "";
        };
    }

    private static String hash(String algorithm, String head, Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(head.getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }
}
