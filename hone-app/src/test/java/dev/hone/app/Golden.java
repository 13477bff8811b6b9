package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page that is generated and committed. A test fails when it is stale; `-Dhone.golden=write` renews it.
public final class Golden {
    private Golden() {}

    public static void page(Path file, String text) {
        try {
            if ("write".equals(System.getProperty("hone.golden"))) {
                Files.writeString(file, text);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s is stale; renew it with ./hone test -Dhone.golden=write and commit it", file.getFileName())
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
