package dev.hone.app.wiring;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The folder of the model that a run starts from.
public record BaseFolder(Path path) {
    private static final int LENGTH_BYTES = 8;
    private static final int LARGEST_HEADER = 100_000_000;

    /// @param name `embedded`, or a Hugging Face folder
    public static BaseFolder named(String name) {
        if (name.equals(EmbeddedModel.NAME)) {
            return new BaseFolder(EmbeddedModel.unpacked());
        }
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new HoneException(
                    Kind.DATA,
                    "the model folder " + folder + " does not exist; give a folder with config.json, safetensors and "
                            + "tokenizer.json, or \"embedded\"");
        }
        if (!Files.isRegularFile(folder.resolve("config.json"))) {
            throw new HoneException(
                    Kind.DATA,
                    "the model folder " + folder + " has no config.json; a Hugging Face folder has config.json, "
                            + "safetensors and tokenizer.json; give one that has, or \"embedded\"");
        }
        return new BaseFolder(folder.toAbsolutePath().normalize());
    }

    /// How many numbers its weights are, by the headers of its safetensors.
    public long parameters() {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> weights = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
            long sum = 0;
            for (Path file : weights) {
                sum += parameters(file);
            }
            if (sum == 0) {
                throw new HoneException(
                        Kind.DATA, "the model folder " + path + " has no safetensors; give one that has");
            }
            return sum;
        } catch (IOException | JacksonException e) {
            throw new HoneException(
                    Kind.DATA,
                    "the weights in " + path + " cannot be read: " + e.getMessage() + "; fetch them anew",
                    e);
        }
    }

    private static long parameters(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long length = ByteBuffer.wrap(in.readNBytes(LENGTH_BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (length < 2 || length > LARGEST_HEADER) {
                throw new IOException(file.getFileName() + " is no safetensors file");
            }
            JsonNode header = JsonMapper.shared().readTree(in.readNBytes((int) length));
            long sum = 0;
            for (JsonNode tensor : header) {
                if (tensor.has("shape")) {
                    long size = 1;
                    for (JsonNode extent : tensor.get("shape")) {
                        size *= extent.asLong();
                    }
                    sum += size;
                }
            }
            return sum;
        }
    }
}
