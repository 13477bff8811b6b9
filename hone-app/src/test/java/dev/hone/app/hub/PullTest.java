package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a hub may do, and that a folder is complete and right or not there.
class PullTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(20), 3, Duration.ofMillis(1));
    private static final String WEIGHTS = "model.safetensors";

    private final LocalHub hub = new LocalHub();
    private final byte[] weights = new byte[300_000];
    private final List<Long> told = new ArrayList<>();

    @TempDir
    private Path home = Path.of("");

    PullTest() {
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

    private Path folder() {
        return home.resolve("made");
    }

    private Pull pull(String name) {
        return pull(name, Endpoint.of(hub.url()), "");
    }

    private Pull pull(String name, Endpoint endpoint, String token) {
        return new Pull(
                Address.parse(name, endpoint, ""),
                folder(),
                new Access(endpoint, new Token(token)),
                SHORT,
                (done, _, _) -> told.add(done));
    }

    private HoneException refusal(Pull pull) {
        HoneException refusal = catchThrowableOfType(HoneException.class, pull::run);
        assertThat(refusal).isNotNull();
        assertThat(folder()).doesNotExist();
        return refusal;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void isComplete() throws IOException {
        assertThat(names(folder())).containsExactly("config.json", WEIGHTS, "tokenizer.json");
        assertThat(folder().resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(names(home)).as("nothing is left beside it").containsExactly("made");
    }

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
    void a_folder_that_is_complete_is_left_alone() throws IOException {
        pull("owner/name").run();
        hub.forget();
        Files.writeString(folder().resolve("notes.txt"), "mine");
        assertThat(pull("owner/name").run()).isEqualTo(new Outcome.Complete(folder(), LocalHub.COMMIT));
        assertThat(hub.asked()).hasSize(1);
        assertThat(names(home)).containsExactly("made");
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void a_busy_hub_is_asked_again(int status) throws IOException {
        hub.answering("blobs=true", LocalHub.status(status)).answering(WEIGHTS, LocalHub.status(status));
        pull("owner/name").run();
        isComplete();
        hub.answering("blobs=true", LocalHub.status(status), LocalHub.status(status), LocalHub.status(status));
        HoneException refusal = catchThrowableOfType(
                HoneException.class, () -> pull("owner/name").run());
        assertThat(refusal.kind()).isEqualTo(Kind.REMOTE);
        assertThat(refusal).hasMessageContainingAll("looking owner/name@main up failed 3 times", "answers " + status);
    }

    @Test
    void a_hub_that_says_how_long_is_given_that_time() throws IOException {
        hub.answering("blobs=true", LocalHub.status(429, "Retry-After", "1"));
        long start = System.nanoTime();
        pull("owner/name").run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
        isComplete();
    }

    @Test
    void nobody_there_is_said() {
        Endpoint endpoint = Endpoint.of(hub.url());
        hub.close();
        HoneException refusal = refusal(pull("owner/name", endpoint, ""));
        assertThat(refusal.kind()).isEqualTo(Kind.REMOTE);
        assertThat(refusal).hasMessageContainingAll("looking owner/name@main up failed", "check the network");
    }

    @Test
    void the_token_goes_to_the_hub_and_to_no_host_that_it_redirects_to() throws IOException {
        hub.answering(
                WEIGHTS,
                LocalHub.status(302, "Location", hub.urlByName() + "/elsewhere/model.safetensors"),
                LocalHub.cutAfter(100_000),
                LocalHub.status(307, "Location", hub.urlByName() + "/elsewhere/model.safetensors"));
        hub.answering("tokenizer.json", LocalHub.status(307, "Location", "/moved/tokenizer.json"));
        pull("owner/name", Endpoint.of(hub.url()), "hf_secret").run();
        isComplete();
        assertThat(hub.asked(WEIGHTS).stream().map(each -> each.path().split("/", -1)[1] + " " + each.token()))
                .containsExactly("owner Bearer hf_secret", "elsewhere ", "owner Bearer hf_secret", "elsewhere ");
        assertThat(hub.asked(WEIGHTS)).extracting(LocalHub.Asked::range).last().isEqualTo("bytes=100000-");
        assertThat(hub.asked("tokenizer.json"))
                .allSatisfy(each -> assertThat(each.token()).contains("hf_secret"));
    }

    @Test
    void a_page_of_another_hub_does_not_get_the_token() throws IOException {
        var address = Address.parse(hub.urlByName() + "/owner/name/tree/main", Endpoint.of(hub.url()), "");
        var access = new Access(Endpoint.of(hub.url()), new Token("hf_secret"));
        new Pull(address, folder(), access, SHORT, (_, _, _) -> {}).run();
        isComplete();
        assertThat(hub.asked()).allSatisfy(each -> assertThat(each.token()).isEmpty());
    }

    @Test
    void a_message_never_holds_the_token() {
        for (int status : new int[] {401, 403, 404, 418}) {
            hub.answering("blobs=true", LocalHub.status(status));
            assertThat(refusal(pull("owner/name", Endpoint.of(hub.url()), "hf_secret"))
                            .getMessage())
                    .doesNotContain("hf_secret");
        }
        assertThat(catchThrowableOfType(HoneException.class, () -> new Token("hf_sec\nret")))
                .hasMessageContaining("copy it anew")
                .hasMessageNotContaining("sec");
        assertThat(new Access(Endpoint.STANDARD, new Token("hf_secret")))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void redirects_end() {
        LocalHub.Answer[] round = new LocalHub.Answer[9];
        Arrays.fill(round, LocalHub.status(302, "Location", "/again/config.json"));
        hub.answering("config.json", round);
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("redirects more than 5 times");
        assertThat(hub.asked("config.json")).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "ftp://127.0.0.1/x", "::", "http://"})
    void redirects_lead_to_the_web_only(String location) {
        hub.answering("config.json", LocalHub.status(302, "Location", location));
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("redirects to what is no address");
    }

    @Test
    void each_refusal_of_the_hub_says_what_to_do() throws IOException {
        hub.answering(
                "blobs=true",
                LocalHub.status(401),
                LocalHub.status(403, "X-Error-Code", "GatedRepo"),
                LocalHub.status(404),
                LocalHub.status(404, "X-Error-Code", "RevisionNotFound"));
        assertThat(refusal(pull("owner/name"))).hasMessageContainingAll("401 to a request without a token", "HF_TOKEN");
        assertThat(refusal(pull("owner/name", Endpoint.of(hub.url()), "hf_x")))
                .hasMessageContainingAll("403 to the token in HF_TOKEN", "agree to its terms");
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("there is no such model, or no such revision");
        HoneException last = refusal(pull("owner/name@wrong"));
        assertThat(last).hasMessageContainingAll("looking owner/name@wrong up", "there is no such revision");
        assertThat(last.kind()).isEqualTo(Kind.SETTINGS);
        assertThat(names(home)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../config.json",
                "/etc/config.json",
                "a/../../config.json",
                "..",
                "",
                "a//config.json",
                "./config.json",
                "a\\\\..\\\\config.json",
                "config.json\\u0000",
                "\\u001b[2Jconfig.json",
                "\\u202econfig.json"
            })
    void a_path_that_leads_out_of_the_repository_or_cannot_be_shown_is_refused(String path) throws IOException {
        hub.listing("{\"sha\": \"" + LocalHub.COMMIT + "\", \"siblings\": [{\"rfilename\": \"" + path + "\"}]}");
        HoneException refusal = refusal(pull("owner/name"));
        assertThat(refusal.kind()).isEqualTo(Kind.DATA);
        assertThat(refusal).hasMessageContaining("which is no path inside of a repository");
        assertThat(refusal.getMessage()).doesNotContainPattern("\\p{C}");
        assertThat(names(home)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"sha\": \"main\", \"siblings\": []}",
                "{\"sha\": \"../../0123456789abcdef0123456789abcdef0123\", \"siblings\": []}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": 7}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [7]}"
            })
    void an_answer_of_another_form_is_refused(String json) {
        hub.listing(json);
        assertThat(refusal(pull("owner/name")).kind()).isEqualTo(Kind.DATA);
    }

    @Test
    void random_damage_to_a_listing_never_does_more_than_refuse() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("config.json", new byte[10]);
        files.put(WEIGHTS, new byte[10]);
        byte[] json = LocalHub.listingOf(files).getBytes(StandardCharsets.UTF_8);
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = json.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                new Choice(Listing.parse(damaged, "x"), Address.parse("owner/name", Endpoint.STANDARD, "")).files();
            } catch (HoneException refused) {
                assertThat(refused.kind()).isIn(Kind.DATA, Kind.SETTINGS);
            }
        }
    }

    @Test
    void a_listing_without_end_is_not_read() {
        hub.answering("blobs=true", (exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(new byte[1 << 20]);
            }
        });
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("longer than " + Listing.LARGEST + " bytes");
    }

    @Test
    void what_cannot_be_checked_is_not_fetched() {
        hub.listing("""
                {"sha": "%s", "siblings": [
                  {"rfilename": "config.json", "size": 5},
                  {"rfilename": "model.safetensors", "size": 5, "lfs": {"sha256": "short"}}]}
                """.formatted(LocalHub.COMMIT));
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("without its length or its hash");
        hub.listing("""
                {"sha": "%s", "siblings": [
                  {"rfilename": "config.json", "size": -5, "blobId": "%s"},
                  {"rfilename": "model.safetensors", "size": 5, "blobId": "%s"}]}
                """.formatted(LocalHub.COMMIT, LocalHub.COMMIT, LocalHub.COMMIT));
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("without its length or its hash");
        assertThat(hub.asked("config.json")).isEmpty();
    }

    @Test
    void more_than_the_disk_holds_is_refused_before_the_first_byte() {
        String sha = "0".repeat(64);
        hub.listing("""
                {"sha": "%s", "siblings": [
                  {"rfilename": "config.json", "size": 5, "blobId": "%s"},
                  {"rfilename": "model-00001-of-00002.safetensors", "lfs": {"oid": "sha256:%s", "size": %d}},
                  {"rfilename": "model-00002-of-00002.safetensors", "lfs": {"oid": "%s", "size": %d}},
                  {"rfilename": "model.safetensors.index.json", "size": 5, "blobId": "%s"}]}
                """.formatted(LocalHub.COMMIT, LocalHub.COMMIT, sha, 1L << 49, sha, 1L << 49, LocalHub.COMMIT));
        HoneException refusal = refusal(pull("owner/name"));
        assertThat(refusal.kind()).isEqualTo(Kind.STORAGE);
        assertThat(refusal).hasMessageContaining("1,125,899,906,842,634 bytes have to be fetched");
        assertThat(hub.asked()).hasSize(1);
    }

    @Test
    void sizes_that_no_number_holds_are_refused() {
        hub.listing("""
                {"sha": "%s", "siblings": [
                  {"rfilename": "config.json", "size": %d, "blobId": "%s"},
                  {"rfilename": "model.safetensors", "size": %d, "blobId": "%s"}]}
                """.formatted(LocalHub.COMMIT, Long.MAX_VALUE, LocalHub.COMMIT, Long.MAX_VALUE, LocalHub.COMMIT));
        assertThat(refusal(pull("owner/name")).kind()).isEqualTo(Kind.DATA);
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

    @Test
    void what_a_repository_lacks_is_said_with_what_it_has() {
        assertThat(refusal(pull("owner/name/x.gguf"))).hasMessageContaining("there is no GGUF file in it");
        hub.with("y.gguf", "").with("z-00001-of-00002.gguf", "");
        assertThat(refusal(pull("owner/name/x.gguf"))).hasMessageContaining("there are y.gguf");
        assertThat(refusal(pull("owner/name/z-00001-of-00002.gguf"))).hasMessageContaining("split");
        hub.listing(LocalHub.listingOf(Map.of("y.gguf", weights)));
        assertThat(refusal(pull("owner/name")))
                .hasMessageContainingAll("GGUF files; name one of them", "there are y.gguf");
        hub.listing(LocalHub.listingOf(Map.of("config.json", weights, "pytorch_model.bin", weights)));
        assertThat(refusal(pull("owner/name"))).hasMessageContaining(".bin files, which can run code");
        hub.listing(LocalHub.listingOf(Map.of("data.csv", weights)));
        assertThat(refusal(pull("owner/name"))).hasMessageContaining("has no config.json");
    }

    @Test
    void shards_come_with_their_index_and_the_same_numbers_do_not_come_twice() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String path : List.of(
                "config.json",
                "consolidated.safetensors",
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors",
                "model.safetensors.index.json",
                "value_head.safetensors",
                "vocab.json",
                "hone.json")) {
            files.put(path, new byte[1]);
        }
        assertThat(chosen(files))
                .containsExactly(
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        "value_head.safetensors",
                        "hone.json");
        files.put(WEIGHTS, new byte[1]);
        assertThat(chosen(files))
                .containsExactly("config.json", "value_head.safetensors", "hone.json", "model.safetensors");
    }

    private static List<String> chosen(Map<String, byte[]> files) {
        Listing listing = Listing.parse(LocalHub.listingOf(files).getBytes(StandardCharsets.UTF_8), "x");
        return new Choice(listing, Address.parse("owner/name", Endpoint.STANDARD, ""))
                .files().stream().map(RemoteFile::path).toList();
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }
}
