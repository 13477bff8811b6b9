package dev.hone.torch.gguf;

import dev.hone.run.Folders;
import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.DirectoryWriter;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// Makes a model directory of a GGUF file, once: its name is the hash of the file.
///
/// The weights are written in float32, so the directory of a 4-bit file is about seven times as large.
///
/// @param models the folder under which the directory comes
public record GgufConversion(Path models) {
    public static final String SUFFIX = ".gguf";

    /// Of what is written; a directory of another version is not used.
    private static final int VERSION = 1;
    private static final int NAME_BYTES = 16;

    /// Begins the name of a directory that is not finished, whichever version wrote it.
    private static final String UNFINISHED = ".gguf";

    /// @return the directory, made if it was not there
    public ModelDirectory directory(Path file) {
        try (GgufFile gguf = GgufFile.open(file)) { // first: a file that cannot be used is refused at once
            Path place = models.resolve("gguf" + VERSION + "-" + hash(file));
            if (!Files.isDirectory(place)) {
                sweep(models); // of other files too, which may never be converted again
                convert(gguf, place);
            }
            return ModelDirectory.open(place);
        }
    }

    /// Deletes what conversions that were killed have left; one that is going on in another process is left alone.
    public static void sweep(Path models) {
        synchronized (GgufConversion.class) {
            SafeFiles.list(models).stream()
                    .filter(each -> each.getFileName().toString().startsWith(UNFINISHED) && Files.isDirectory(each))
                    .forEach(GgufConversion::deleteUnlessLocked);
        }
    }

    private static void deleteUnlessLocked(Path work) {
        try (FileChannel channel = channel(work);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Folders.delete(work);
            }
        } catch (IOException broken) {
            throw Fault.storage("cannot delete " + work, broken);
        }
    }

    /// To be locked by whoever touches the directory `work`.
    private static FileChannel channel(Path work) throws IOException {
        return FileChannel.open(
                work.resolveSibling(work.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// One thread and process at a time, so that what a killed one left can be removed.
    private static void convert(GgufFile gguf, Path place) {
        synchronized (GgufConversion.class) {
            try {
                Files.createDirectories(place.getParent());
                try (FileChannel channel = channel(work(place));
                        FileLock _ = channel.lock()) {
                    if (!Files.isDirectory(place)) {
                        write(gguf, place);
                    }
                }
            } catch (IOException broken) {
                throw Fault.storage("cannot write " + place, broken);
            }
        }
    }

    private static Path work(Path place) {
        return place.resolveSibling("." + place.getFileName());
    }

    private static void write(GgufFile gguf, Path place) throws IOException {
        DecoderConfig config = GgufConfig.of(gguf);
        var weights = new GgufWeights(gguf, config);
        var tokenizer = GgufTokenizer.of(gguf, config.vocabulary());
        Path work = work(place);
        Folders.delete(work);
        try {
            Files.createDirectory(work);
            String json = tokenizer.json();
            refuseBadTokenizer(gguf, json, work.resolve("tokenizer.json")); // before the large file
            Map<String, String> texts = Map.of(
                    "config.json", config.toJson(),
                    "generation_config.json", tokenizer.generationJson(),
                    "tokenizer.json", json,
                    "tokenizer_config.json", tokenizer.configJson(config.context()));
            DirectoryWriter.exact().to(work.resolve("model"), texts, weights);
            SafeFiles.replaceFolder(work.resolve("model"), place);
        } finally {
            Folders.delete(work);
        }
    }

    private static void refuseBadTokenizer(GgufFile gguf, String json, Path file) {
        SafeFiles.replace(file, json);
        try {
            TextTokenizer.read(file).close();
        } catch (HoneException refused) {
            throw Fault.data(
                    gguf.path() + ": the tokenizer in its metadata is not one: " + refused.getMessage(),
                    "or choose another file",
                    refused);
        }
    }

    private static String hash(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
    }
}
