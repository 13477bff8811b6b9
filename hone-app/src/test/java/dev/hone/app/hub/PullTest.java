package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the network may do to the bytes, and that a folder is complete and right or not there.
class PullTest extends HubScene {
    @Test
    void what_a_model_needs_comes_of_one_commit_and_nothing_else() throws IOException {
        Outcome outcome = pull("owner/name").run();
        assertThat(outcome).isEqualTo(new Outcome.Fetched(folder(), LocalHub.COMMIT, 3, 300_000 + 23 + 9));
        isComplete();
        assertThat(hub.asked().stream().map(LocalHub.Asked::path))
                .containsExactly(
                        "/api/models/owner/name/revision/main?blobs=true",
                        "/owner/name/resolve/" + LocalHub.COMMIT + "/config.json",
                        "/owner/name/resolve/" + LocalHub.COMMIT + "/model.safetensors",
                        "/owner/name/resolve/" + LocalHub.COMMIT + "/tokenizer.json");
        assertThat(told).isSorted().last().isEqualTo(300_032L);
    }

    @Test
    void a_cut_connection_is_resumed_and_only_what_is_missing_is_asked_for() throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), LocalHub.cutAfter(50_000), LocalHub.cutAfter(0));
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS).stream().map(LocalHub.Asked::range))
                .containsExactly("", "bytes=100000-", "bytes=150000-", "bytes=150000-");
    }

    @Test
    void attempts_that_bring_something_do_not_count() throws IOException {
        LocalHub.Answer[] answers = new LocalHub.Answer[20];
        Arrays.fill(answers, LocalHub.cutAfter(10_000));
        hub.answering(WEIGHTS, answers);
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).hasSize(21);
    }

    @Test
    void a_hub_that_always_cuts_is_given_up_and_repeating_the_command_goes_on() throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), LocalHub.cutAfter(0), LocalHub.cutAfter(0));
        HoneException refusal = refusal(pull("owner/name"));
        assertThat(refusal.kind()).isEqualTo(Kind.REMOTE);
        assertThat(refusal).hasMessageContainingAll("fetching \"model.safetensors\" failed 3 times", "goes on where");
        assertThat(names(home)).containsExactly(".made.part");

        hub.forget();
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked("config.json"))
                .as("it is there, with the right hash")
                .isEmpty();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("bytes=100000-");
    }

    @Test
    void a_server_that_ignores_the_range_starts_over() throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), LocalHub.bytes(weights));
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).hasSize(2);
    }

    @Test
    void a_server_that_does_not_know_the_range_is_asked_for_everything() throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), LocalHub.status(416));
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("", "bytes=100000-", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 99999-299999/300000", "bytes 100000-299999/300001", "nonsense", ""})
    void another_range_than_was_asked_for_is_not_taken(String range) throws IOException {
        hub.answering(WEIGHTS, LocalHub.cutAfter(100_000), (exchange, whole) -> {
            exchange.getResponseHeaders().set("Content-Range", range);
            LocalHub.send(exchange, 206, Arrays.copyOfRange(whole, 100_000, 300_000), 200_000);
        });
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("", "bytes=100000-", "");
    }

    @Test
    void wrong_bytes_are_fetched_once_more() throws IOException {
        hub.answering(WEIGHTS, LocalHub.bytes(changed(weights)));
        pull("owner/name").run();
        isComplete();
    }

    @Test
    void wrong_bytes_twice_are_refused_by_name_with_both_hashes_and_nothing_is_seen_of_them() throws IOException {
        byte[] wrong = changed(weights);
        hub.answering(WEIGHTS, LocalHub.bytes(wrong), LocalHub.bytes(wrong));
        HoneException refusal = refusal(pull("owner/name"));
        assertThat(refusal.kind()).isEqualTo(Kind.DATA);
        assertThat(refusal)
                .hasMessageContainingAll(
                        "\"model.safetensors\"",
                        "SHA-256 should be " + LocalHub.hash("SHA-256", new byte[0], weights),
                        "is " + LocalHub.hash("SHA-256", new byte[0], wrong));
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "lock");
        }
    }

    @Test
    void small_files_are_checked_by_the_name_that_git_gives_them() {
        byte[] wrong = "{\"model_type\": \"lama!\"}".getBytes(StandardCharsets.UTF_8);
        hub.answering("config.json", LocalHub.bytes(wrong), LocalHub.bytes(wrong));
        assertThat(refusal(pull("owner/name"))).hasMessageContainingAll("\"config.json\"", "git's SHA-1 should be ");
    }

    @Test
    void a_wrong_beginning_of_an_earlier_day_is_thrown_away() throws IOException {
        Path hidden = Files.createDirectories(home.resolve(".made.part"));
        String hash = LocalHub.hash("SHA-256", new byte[0], weights);
        Files.write(hidden.resolve(hash + ".part"), new byte[250_000]);
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("bytes=250000-", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 299_999, 300_001, 5_000_000})
    void a_length_that_is_not_the_listed_one_is_refused(int length) {
        hub.answering(WEIGHTS, LocalHub.bytes(new byte[length]), LocalHub.bytes(new byte[length]));
        assertThat(refusal(pull("owner/name")))
                .hasMessageContainingAll("lists 300000 bytes", "the server has " + length);
    }

    @Test
    void bytes_without_a_length_end_where_the_hub_says() {
        LocalHub.Answer endless = (exchange, _) -> {
            exchange.sendResponseHeaders(200, 0); // no length, in chunks
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(new byte[100_000]);
            }
        };
        hub.answering(WEIGHTS, endless, endless);
        assertThat(refusal(pull("owner/name"))).hasMessageContainingAll("lists 300000 bytes", "sends more");
    }

    @Test
    void bytes_without_a_length_that_end_too_early_are_continued() throws IOException {
        hub.answering(WEIGHTS, (exchange, whole) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(whole, 0, 1_234);
        });
        pull("owner/name").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("", "bytes=1234-");
    }

    @Test
    void a_connection_that_falls_silent_counts_as_cut() throws IOException {
        var asleep = new CountDownLatch(1);
        hub.answering(WEIGHTS, (exchange, whole) -> {
            LocalHub.send(exchange, 200, Arrays.copyOf(whole, 7_000), whole.length);
            await(asleep);
        });
        Endpoint endpoint = Endpoint.of(hub.url());
        var quick = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, Duration.ofMillis(1));
        new Pull(
                        Address.parse("owner/name", endpoint, ""),
                        folder(),
                        new Access(endpoint, new Token("")),
                        quick,
                        (_, _, _) -> {})
                .run();
        asleep.countDown();
        isComplete();
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).containsExactly("", "bytes=7000-");
    }
}
