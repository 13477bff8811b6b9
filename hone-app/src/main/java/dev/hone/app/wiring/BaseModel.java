package dev.hone.app.wiring;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.torch.LocalModels;
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

/// Where the model lies that a run starts from.
///
/// @param path a Hugging Face folder, or a GGUF file
public record BaseModel(Path path) {
    private static final String GGUF = ".gguf";
    private static final int LENGTH_BYTES = 8;
    private static final int LARGEST_HEADER = 100_000_000;

    /// @param name `embedded`, a Hugging Face folder, or a file that ends in `.gguf`
    public static BaseModel named(String name) {
        if (name.equals(EmbeddedModel.NAME)) {
            return new BaseModel(EmbeddedModel.unpacked());
        }
        Path path = Path.of(name);
        if (Files.isRegularFile(path)) {
            refuseOtherFiles(path);
        } else {
            refuseOtherFolders(path);
        }
        return new BaseModel(path.toAbsolutePath().normalize());
    }

    private static void refuseOtherFiles(Path file) {
        if (!file.toString().endsWith(GGUF)) {
            throw new HoneException(
                    Kind.DATA,
                    "the model " + file + " is a file that does not end in " + GGUF + "; give a GGUF file, a folder "
                            + "with config.json, safetensors and tokenizer.json, or \"embedded\"");
        }
    }

    private static void refuseOtherFolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new HoneException(
                    Kind.DATA,
                    "the model folder " + folder + " does not exist; give a folder with config.json, safetensors and "
                            + "tokenizer.json, a GGUF file, or \"embedded\"");
        }
        if (!Files.isRegularFile(folder.resolve("config.json"))) {
            throw new HoneException(
                    Kind.DATA,
                    "the model folder " + folder + " has no config.json; a Hugging Face folder has config.json, "
                            + "safetensors and tokenizer.json; give one that has, or \"embedded\"");
        }
    }

    /// How many numbers its weights are, by the headers of its files.
    public long parameters() {
        if (Files.isRegularFile(path)) {
            return LocalModels.parameters(path);
        }
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
            byte[] first = in.readNBytes(LENGTH_BYTES);
            long length = first.length < LENGTH_BYTES
                    ? 0
                    : ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
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
