package dev.hone.app.hub;

import dev.hone.run.Folders;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a model is put together: a hidden folder beside the place where it shall be, which becomes that in one step.
/// What is in it outlives the process; one process at a time works in it.
///
/// `model/` holds files that are complete and checked, `HASH.part` a file that is not: the name says which bytes it is
/// the beginning of, so that nothing is ever continued with those of another revision.
final class Site implements AutoCloseable {
    private final Path folder;
    private final Path hidden;
    private final List<RemoteFile> files;
    private final FileChannel lock;
    private boolean finished;

    private Site(Path folder, Path hidden, List<RemoteFile> files, FileChannel lock) {
        this.folder = folder;
        this.hidden = hidden;
        this.files = files;
        this.lock = lock;
    }

    /// @param folder where the model shall be
    /// @param files it consists of, each with a name of its own
    /// @throws HoneException if another process is at it
    static Site open(Path folder, List<RemoteFile> files) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        if (place.getFileName() == null || (Files.exists(place) && !Files.isDirectory(place))) {
            throw new HoneException(Kind.SETTINGS, folder + " is no folder; give a new or an empty one");
        }
        Path hidden = place.resolveSibling("." + place.getFileName() + ".part");
        Files.createDirectories(hidden.resolve("model"));
        FileChannel lock =
                FileChannel.open(hidden.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(lock).isEmpty()) {
            lock.close();
            throw new HoneException(
                    Kind.SETTINGS,
                    folder + " is being fetched by another process; wait for it, or give another folder");
        }
        return new Site(place, hidden, files, lock);
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) { // held in this process
            return Optional.empty();
        }
    }

    List<RemoteFile> files() {
        return files;
    }

    /// Where a file comes when it is complete.
    Path place(RemoteFile file) {
        return hidden.resolve("model").resolve(file.name());
    }

    /// Where its bytes are gathered.
    Path part(RemoteFile file) {
        return hidden.resolve(file.checksum().hex() + ".part");
    }

    /// Whether all files are in the folder itself, right to the byte.
    boolean isComplete() throws IOException {
        for (RemoteFile file : files) {
            if (!file.is(folder.resolve(file.name()))) {
                return false;
            }
        }
        finished = !isAlone();
        return true;
    }

    /// A folder of somebody else's is not mixed with this. A GGUF file stands alone and may be put beside others.
    void refuseOtherFiles() throws IOException {
        for (RemoteFile file : files) {
            Path there = folder.resolve(file.name());
            if (Files.exists(there) && !file.is(there)) {
                throw new HoneException(
                        Kind.SETTINGS,
                        there + " is not the file that the hub has; give another folder, or remove what is there");
            }
        }
        if (!isAlone() && !isEmpty(folder)) {
            throw new HoneException(
                    Kind.SETTINGS,
                    folder
                            + " is not empty and not this model; give a new or an empty folder, or remove what is there");
        }
    }

    private boolean isAlone() {
        return files.size() == 1 && files.getFirst().name().endsWith(Address.GGUF);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (NoSuchFileException _) {
            return true;
        }
    }

    /// Before the first byte: a disk that is full in the middle of the night helps nobody.
    void refuseSmallDisk() throws IOException {
        long needed = 0;
        for (RemoteFile file : files) {
            long there =
                    Files.isRegularFile(place(file)) ? file.size() : Math.min(file.size(), PartFile.size(part(file)));
            needed = Math.addExact(needed, file.size() - there);
        }
        long free = Files.getFileStore(hidden).getUsableSpace();
        if (needed > free) {
            throw new HoneException(
                    Kind.STORAGE,
                    String.format(
                            Locale.ROOT,
                            "%,d bytes have to be fetched and the disk of %s has %,d left; make room, or give a folder on "
                                    + "another disk",
                            needed,
                            folder,
                            free));
        }
    }

    /// Gives the files their place, in one step.
    void finish() throws IOException {
        if (isAlone()) {
            RemoteFile alone = files.getFirst();
            Files.createDirectories(folder);
            Files.move(place(alone), folder.resolve(alone.name()), StandardCopyOption.ATOMIC_MOVE);
        } else {
            removeStrangers();
            Files.deleteIfExists(folder); // an empty one
            Files.move(hidden.resolve("model"), folder, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        }
    }

    /// Files of a revision that was asked for before.
    private void removeStrangers() throws IOException {
        var names = files.stream().map(RemoteFile::name).collect(Collectors.toSet());
        for (Path file : entries(hidden.resolve("model"))) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /// Lets go of the hidden folder, and removes it unless there is something to go on with.
    @Override
    public void close() throws IOException {
        try (lock) {
            if (finished || (entries(hidden).size() <= 2 && isEmpty(hidden.resolve("model")))) {
                Folders.delete(hidden);
            }
        }
    }
}
