package dev.hone.app.wiring;

import java.nio.file.Path;
import java.util.Optional;

/// What can be made again, kept between runs.
final class Cache {
    private Cache() {}

    /// `hone` in `XDG_CACHE_HOME`, or in the user's `.cache`; need not exist yet.
    static Path folder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("hone");
    }
}
