package dev.hone.app.hub;

import java.nio.file.Path;

/// What came of a [Pull].
public sealed interface Outcome {

    /// The model's folder, or the GGUF file.
    Path path();

    /// The commit that its files are of.
    String commit();

    /// It is there now.
    ///
    /// @param files of it, and their bytes
    record Fetched(Path path, String commit, int files, long bytes) implements Outcome {}

    /// It was there already, every file of the length and hash that the hub lists.
    record Complete(Path path, String commit) implements Outcome {}
}
