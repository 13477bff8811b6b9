package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.run.HoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A hub with one model, a folder, and what the tests of fetching ask of them.
abstract class HubScene {
    static final Patience SHORT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(20), 3, Duration.ofMillis(1));
    static final String WEIGHTS = "model.safetensors";

    final LocalHub hub = new LocalHub();
    final byte[] weights = new byte[300_000];
    final List<Long> told = new ArrayList<>();

    @TempDir
    Path home = Path.of("");

    HubScene() {
        new Random(1).nextBytes(weights);
        hub.with("README.md", "a card")
                .with("config.json", "{\"model_type\": \"llama\"}")
                .with(WEIGHTS, weights)
                .with("tokenizer.json", "{\"ä\": 1}")
                .with("pytorch_model.bin", "a pickle")
                .with("onnx/model.safetensors", "another form");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    Path folder() {
        return home.resolve("made");
    }

    Pull pull(String name) {
        return pull(name, Endpoint.of(hub.url()), "");
    }

    Pull pull(String name, Endpoint endpoint, String token) {
        return new Pull(
                Address.parse(name, endpoint, ""),
                folder(),
                new Access(endpoint, new Token(token)),
                SHORT,
                (done, _, _) -> told.add(done));
    }

    HoneException refusal(Pull pull) {
        HoneException refusal = catchThrowableOfType(HoneException.class, pull::run);
        assertThat(refusal).isNotNull();
        assertThat(folder()).doesNotExist();
        return refusal;
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    void isComplete() throws IOException {
        assertThat(names(folder())).containsExactly("config.json", WEIGHTS, "tokenizer.json");
        assertThat(folder().resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(names(home)).as("nothing is left beside it").containsExactly("made");
    }

    static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
