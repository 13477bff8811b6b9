package dev.hone.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final Endpoint MIRROR = Endpoint.of("http://mirror:8080/hub/");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Qwen/Qwen3-0.6B                               | https://huggingface.co     | Qwen/Qwen3-0.6B |          | main
        Qwen/Qwen3-0.6B@v1.0                          | https://huggingface.co     | Qwen/Qwen3-0.6B |          | v1.0
        o/n@refs/pr/1                                 | https://huggingface.co     | o/n             |          | refs/pr/1
        o/n/a.Q4_0.gguf                               | https://huggingface.co     | o/n             | a.Q4_0.gguf | main
        o/n/deep/a.gguf@0123abc                       | https://huggingface.co     | o/n             | deep/a.gguf | 0123abc
        https://huggingface.co/o/n                    | https://huggingface.co     | o/n             |          | main
        https://huggingface.co/o/n/                   | https://huggingface.co     | o/n             |          | main
        https://huggingface.co/o/n?library=x#y        | https://huggingface.co     | o/n             |          | main
        https://huggingface.co/o/n/tree/refs%2Fpr%2F1 | https://huggingface.co     | o/n             |          | refs/pr/1
        https://huggingface.co/o/n/blob/main/a.gguf   | https://huggingface.co     | o/n             | a.gguf   | main
        https://huggingface.co/o/n/resolve/v1/b/a%20b.gguf?download=true | https://huggingface.co | o/n | b/a b.gguf | v1
        HTTPS://elsewhere:99/o/n                      | HTTPS://elsewhere:99       | o/n             |          | main
        """)
    void what_people_write_is_read(String text, String endpoint, String repository, String file, String revision) {
        assertThat(Address.parse(text, Endpoint.STANDARD, ""))
                .isEqualTo(new Address(Endpoint.of(endpoint), repository, file == null ? "" : file, revision));
    }

    @Test
    void a_hub_may_be_below_a_path() {
        assertThat(Address.parse("http://mirror:8080/hub/o/n/tree/v1", MIRROR, ""))
                .isEqualTo(new Address(MIRROR, "o/n", "", "v1"));
        assertThat(MIRROR.listing("o/n", "refs/pr/1"))
                .hasToString("http://mirror:8080/hub/api/models/o/n/revision/refs%2Fpr%2F1?blobs=true");
        assertThat(MIRROR.file("o/n", "v1", "ä b/c+d?.gguf"))
                .hasToString("http://mirror:8080/hub/o/n/resolve/v1/%C3%A4%20b/c%2Bd%3F.gguf");
    }

    @Test
    void the_revision_is_said_once() {
        assertThat(Address.parse("o/n", MIRROR, "v2").revision()).isEqualTo("v2");
        assertThat(Address.parse("o/n@v2", MIRROR, "v2").revision()).isEqualTo("v2");
        assertThatThrownBy(() -> Address.parse("o/n@v1", MIRROR, "v2")).hasMessageContaining("give one of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "gpt2",
                "o/",
                "/n",
                "../n",
                "o/..",
                "o/n--m",
                "o/.n",
                "o/n@",
                "o/n@a..b",
                "o/n@-x",
                "o/n@a b",
                "o/n/file.bin",
                "o/n/../../x.gguf",
                "o/n//x.gguf",
                "o/n/\u001b.gguf",
                "o n/m",
                "https://",
                "https://huggingface.co",
                "https://huggingface.co/o",
                "https://huggingface.co/o/n/tree/main/sub",
                "https://huggingface.co/o/n/discussions",
                "https://huggingface.co/o/n/blob/main/%2e%2e/x.gguf",
                "https://huggingface.co/o/n/blob/main/%zz.gguf%",
                "https://user@huggingface.co/o/n"
            })
    void what_is_no_name_is_refused(String text) {
        HoneException refusal =
                catchThrowableOfType(HoneException.class, () -> Address.parse(text, Endpoint.STANDARD, ""));
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(Kind.SETTINGS);
        assertThat(refusal.getMessage()).doesNotContainPattern("\\p{C}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "huggingface.co",
                "ftp://host",
                "file:///x",
                "http://",
                "http://a b",
                "http://u:p@host",
                "http://host?x",
                "http://host#x"
            })
    void what_is_no_endpoint_is_refused_without_being_repeated(String text) {
        assertThatThrownBy(() -> Endpoint.of(text))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("such as https://huggingface.co")
                .hasMessageNotContaining("u:p");
    }

    @Test
    void an_origin_is_scheme_host_and_port() {
        assertThat(Endpoint.of("https://Hub.example/x").origin())
                .isEqualTo(Endpoint.of("HTTPS://hub.example:443").origin())
                .isNotEqualTo(Endpoint.of("http://hub.example").origin())
                .isNotEqualTo(Endpoint.of("https://hub.example:8443").origin())
                .isNotEqualTo(Endpoint.of("https://cdn.hub.example").origin());
    }
}
