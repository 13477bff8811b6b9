package dev.hone.app.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of a repository as the hub lists it.
///
/// @param path in the repository, harmless
/// @param size bytes; negative if the hub lists none that can be
record RemoteFile(String path, long size, Checksum checksum) {

    /// Its name on this machine: the last part of the path.
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether a file here is this one, by its length and then its hash.
    boolean is(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == size
                && checksum.found(file).equals(checksum.hex());
    }
}
