package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.run.HoneException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What may be where a model shall come, and what is left from an earlier time.
class SiteTest extends HubScene {
    @Test
    void a_folder_that_is_complete_is_left_alone() throws IOException {
        pull("owner/name").run();
        hub.forget();
        Files.writeString(folder().resolve("notes.txt"), "mine");
        assertThat(pull("owner/name").run()).isEqualTo(new Outcome.Complete(folder(), LocalHub.COMMIT));
        assertThat(hub.asked()).hasSize(1);
        assertThat(names(home)).containsExactly("made");
    }

    @Test
    void a_folder_with_other_things_in_it_is_left_alone() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("config.json"), "mine");
        HoneException refusal = catchThrowableOfType(
                HoneException.class, () -> pull("owner/name").run());
        assertThat(refusal).hasMessageContaining("config.json is not the file that the hub has");
        Files.move(folder().resolve("config.json"), folder().resolve("notes"));
        refusal = catchThrowableOfType(
                HoneException.class, () -> pull("owner/name").run());
        assertThat(refusal).hasMessageContaining("is not empty and not this model");
        assertThat(names(folder())).containsExactly("notes");
        assertThat(names(home)).containsExactly("made");
        Files.delete(folder().resolve("notes"));
        pull("owner/name").run();
        isComplete();
    }

    @Test
    void two_processes_do_not_fetch_into_one_folder() throws IOException {
        var began = new CountDownLatch(1);
        var refused = new CountDownLatch(1);
        hub.answering(WEIGHTS, (exchange, whole) -> {
            began.countDown();
            await(refused);
            LocalHub.range(exchange, whole);
        });
        Thread first = Thread.startVirtualThread(() -> pull("owner/name").run());
        await(began);
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("is being fetched by another process");
        refused.countDown();
        join(first);
        isComplete();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_branch_that_moves_between_two_attempts_costs_the_files_that_changed() throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), LocalHub.cutAfter(0), LocalHub.cutAfter(0));
        refusal(pull("owner/name"));
        byte[] changed = changed(weights);
        hub.with(WEIGHTS, changed).with("generation_config.json", "{}");
        hub.forget();
        pull("owner/name").run();
        assertThat(folder().resolve(WEIGHTS)).hasBinaryContent(changed);
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("");
        assertThat(hub.asked("/config.json")).isEmpty();
        assertThat(names(home)).containsExactly("made");
    }

    @Test
    void a_file_that_the_next_revision_lacks_does_not_come_along() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("generation_config.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put(WEIGHTS, weights);
        files.forEach(hub::with);
        hub.listing(LocalHub.listingOf(files)).answering(WEIGHTS, LocalHub.status(418));
        refusal(pull("owner/name"));
        assertThat(names(home.resolve(".made.part/model"))).containsExactly("config.json", "generation_config.json");
        files.remove("generation_config.json");
        hub.listing(LocalHub.listingOf(files));
        pull("owner/name").run();
        assertThat(names(folder())).containsExactly("config.json", WEIGHTS);
    }

    @Test
    void a_gguf_file_is_fetched_alone_and_may_lie_beside_others() throws IOException {
        hub.with("gguf/a b.Q4_0.gguf", weights).with("c.gguf", changed(weights));
        Outcome outcome = pull("owner/name/gguf/a b.Q4_0.gguf").run();
        assertThat(outcome.path()).isEqualTo(folder().resolve("a b.Q4_0.gguf")).hasBinaryContent(weights);
        pull("owner/name/c.gguf@main").run();
        assertThat(names(folder())).containsExactly("a b.Q4_0.gguf", "c.gguf");
        assertThat(names(home)).containsExactly("made");
        assertThat(pull("owner/name/c.gguf").run()).isInstanceOf(Outcome.Complete.class);
    }
}
