package dev.hone.torch.file;

import dev.hone.run.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Files that are either old or new, never half: written beside, forced to disk, renamed.
public final class SafeFiles {
    /// In bytes; the largest tokenizers have a tenth of it.
    static final long LARGEST_TEXT = 1L << 28;

    private SafeFiles() {}

    /// What fills a file that does not have its name yet.
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /// @throws dev.hone.run.HoneException if it cannot be read, is no UTF-8 or longer than [#LARGEST_TEXT]
    public static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_TEXT) {
                throw Fault.data(
                        file + " has " + Files.size(file) + " bytes; allowed for a text is " + LARGEST_TEXT,
                        "check that it is what its name says, or fetch it again");
            }
            return Files.readString(file);
        } catch (IOException broken) {
            throw Fault.data("cannot read " + file + " as UTF-8 text", "check that it is there and readable", broken);
        }
    }

    static void replace(Path file, Content content) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + file, broken);
        }
    }

    public static void replace(Path file, String text) {
        replace(file, channel -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /// Renames a finished folder to its name; one that is already there is renamed first and deleted last, so that
    /// there is never half a folder by this name.
    public static void replaceFolder(Path beside, Path folder) {
        Path old = folder.resolveSibling(folder.getFileName() + ".old");
        try {
            Folders.delete(old);
            if (Files.exists(folder)) {
                Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(old);
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + folder, broken);
        }
    }

    public static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException broken) {
            throw Fault.storage("cannot delete " + folder, broken);
        }
    }

    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException broken) {
            throw Fault.storage("cannot list " + folder, broken);
        }
    }
}
