package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a hub may list, and what of it is wanted.
class ListingTest extends HubScene {
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
}
