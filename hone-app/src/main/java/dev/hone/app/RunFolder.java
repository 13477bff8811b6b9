package dev.hone.app;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder in which runs are kept, and the store in it.
final class RunFolder {
    private static final String STORE = "hone.db";

    private RunFolder() {}

    /// What a command needs besides a run's id to find a run in this folder.
    static String option(Path folder) {
        return folder.equals(Path.of("runs")) ? "" : " --out " + folder;
    }

    /// Made if it is not there.
    static Store open(Path folder) {
        return Store.open(folder.resolve(STORE));
    }

    static Optional<Store> ifThere(Path folder) {
        return Files.exists(folder.resolve(STORE)) ? Optional.of(open(folder)) : Optional.empty();
    }

    static Store existing(Path folder) {
        return ifThere(folder)
                .orElseThrow(() -> new HoneException(
                        Kind.SETTINGS,
                        "there are no runs in " + folder + "; name the folder with --out, or start one with \"hone "
                                + "improve\""));
    }
}
