package dev.hone.torch.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A name for content: SHA-256 over what is added, each piece with its length, so that pieces cannot run
/// together.
public final class Digest {
    private final MessageDigest digest;

    public Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    public Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip());
        return this;
    }

    public Digest add(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * numbers.length).putInt(numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        digest.update(bytes.flip());
        return this;
    }

    /// To be called once, at the end.
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
