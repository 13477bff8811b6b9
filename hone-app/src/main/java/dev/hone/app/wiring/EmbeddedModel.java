package dev.hone.app.wiring;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The small model inside of the jar, unpacked once into a cache folder that its content names.
final class EmbeddedModel {
    /// How settings name it.
    static final String NAME = "embedded";

    private static final String FOLDER = "/embedded/";
    private static final List<String> FILES = List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "recipe.yaml",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");
    private static final int NAME_DIGITS = 16;

    private EmbeddedModel() {}

    /// The folder; made if it is not there.
    static Path unpacked() {
        Map<String, byte[]> files = files();
        if (!files.containsKey("model.safetensors")) {
            throw new HoneException(Kind.DATA, "this build of Hone has no embedded model; give one with --model DIR");
        }
        Path folder = Cache.folder().resolve(NAME + "-" + hash(files));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            return unpack(files, folder);
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the embedded model cannot be unpacked to " + folder + ": " + e
                            + "; make the folder writable or set XDG_CACHE_HOME to one that is",
                    e);
        }
    }

    private static Path unpack(Map<String, byte[]> files, Path folder) throws IOException {
        Files.createDirectories(Cache.folder());
        Path draft = Files.createTempDirectory(Cache.folder(), NAME + "-draft");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(draft.resolve(file.getKey()), file.getValue());
        }
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            for (String file : files.keySet()) {
                Files.delete(draft.resolve(file));
            }
            Files.delete(draft);
            if (!Files.isDirectory(folder)) { // else another process was quicker
                throw e;
            }
        }
        return folder;
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : FILES) {
            try (InputStream in = EmbeddedModel.class.getResourceAsStream(FOLDER + name)) {
                if (in != null) {
                    files.put(name, in.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            });
            return HexFormat.of().formatHex(sha.digest()).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
