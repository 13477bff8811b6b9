package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is asked, what they are told, and what is made of a refusal.
class AccessTest extends HubScene {
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
    void a_redirect_never_leads_from_https_to_http() {
        URI secure = URI.create("https://hub.example/a/b?c");
        assertThat(Web.next(secure, "/d?e")).hasToString("https://hub.example/d?e");
        assertThat(Web.next(secure, "HTTPS://cdn.example/x")).hasToString("HTTPS://cdn.example/x");
        assertThat(Web.next(URI.create("http://hub.example/a"), "https://hub.example/a"))
                .hasScheme("https");
        for (String location : new String[] {"http://hub.example/a/b", "HTTP://cdn.example/x"}) {
            assertThatThrownBy(() -> Web.next(secure, location)).hasMessageContaining("from https to http");
        }
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
}
