package dev.hone.torch.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Templates of real models against what transformers renders (`src/test/python/chat_fixtures.py`), and hostile ones.
class ChatTemplateTest {
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");
    private static final List<Map<String, Object>> HELLO = List.of(Map.of("role", "user", "content", "hello"));

    @TempDir
    Path folder;

    private static JsonNode expected() {
        return Json.object(SafeFiles.text(Tiny.resource("/chat/expected.json")), "expected.json");
    }

    private static Stream<String> templates() {
        return expected()
                .path("cases")
                .valueStream()
                .map(each -> each.path("template").asString(""))
                .distinct();
    }

    private static ChatTemplate template(String name) {
        return ChatTemplate.of(SafeFiles.text(Tiny.resource("/chat/" + name + ".jinja")), name, TOKENS);
    }

    @SuppressWarnings("unchecked") // plain JSON values
    private static List<Map<String, Object>> plain(JsonNode list) {
        return JsonMapper.shared().convertValue(list, List.class);
    }

    private static String render(String source) {
        return ChatTemplate.of(source, "here", TOKENS).render(HELLO, null, true);
    }

    private static void refuses(String source, String words) {
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(TemplateFunction.Refusal.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void a_template_renders_as_in_transformers(String name) {
        ChatTemplate template = template(name);
        JsonNode expected = expected();
        for (JsonNode each : expected.path("cases")) {
            if (!each.path("template").asString("").equals(name)) {
                continue;
            }
            String conversation = each.path("conversation").asString("");
            var messages = plain(expected.path("conversations").path(conversation));
            var tools = each.path("tools").asBoolean()
                    ? plain(JsonMapper.shared().createArrayNode().add(expected.path("tool")))
                    : null;
            boolean asked = each.path("asked").asBoolean();
            if (each.has("refused")) {
                assertThatThrownBy(() -> template.render(messages, tools, asked))
                        .isInstanceOf(TemplateFunction.Refusal.class)
                        .hasMessage(each.path("refused").asString(""));
            } else {
                assertThat(template.render(messages, tools, asked))
                        .as("%s, tools %s, asked %s", conversation, tools != null, asked)
                        .isEqualTo(each.path("text").asString(""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'x'.getClass() }}",
                "{{ messages.getClass() }}",
                "{{ ____int3rpr3t3r____.getConfig() }}",
                "{{ ____int3rpr3t3r____.getContext().put('a', 'b') }}",
                "{{ messages[0].put('a', 'b') }}",
                "{{ messages.append(1) }}",
                "{{ 'a'.repeat(100) }}",
                "{{ strftime_now.getClass() }}",
                "{% include '/etc/passwd' %}",
                "{% import '/etc/passwd' as x %}",
                "{% from '/etc/passwd' import x %}",
                "{% extends '/etc/passwd' %}",
                "{% do messages.clear() %}",
                "{{ unixtimestamp() }}",
                "{{ 'now' | datetimeformat }}",
                "{{ '{{ 1 }}' | render }}",
            })
    void what_is_not_of_a_template_is_out_of_its_reach(String source) {
        assertThatThrownBy(() -> render(source)).isInstanceOfAny(TemplateFunction.Refusal.class, HoneException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.class }}",
                "{{ messages.class }}",
                "{{ messages[0].class }}",
                "{{ ____int3rpr3t3r____.config }}",
                "{{ ____int3rpr3t3r____.context }}",
                "{{ ''.class.forName('java.lang.Runtime') }}",
                "{{ nothing.at.all }}",
                "{{ messages[99] }}{{ messages['x'] }}{{ nothing }}"
            })
    void an_attribute_that_a_value_lacks_is_nothing(String source) {
        assertThat(render(source)).isEmpty();
    }

    @ParameterizedTest
    @Timeout(20)
    @CsvSource(delimiter = '|', textBlock = """
        {% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x{% endfor %}{% endfor %}{% endfor %} | steps
        {% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}                                   | recursion
        {% set ns = namespace(s='0123456789') %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }} | big
        {% set ns = namespace(l=[1,2]) %}{% for i in range(100) %}{% set ns.l = ns.l + ns.l %}{% endfor %}{{ ns.l }} | big
        """)
    void a_rendering_is_bounded(String source, String words) {
        long before = Runtime.getRuntime().totalMemory();
        assertThatThrownBy(() -> render(source)).isInstanceOf(TemplateFunction.Refusal.class);
        assertThat(Runtime.getRuntime().totalMemory() - before).as(words).isLessThan(1L << 30);
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"(", "[", "{", "not ", "-", "'a' ~ ", "{% if x %}", "{% for x in y %}", "{{", "{#", "'"})
    void a_template_that_goes_on_and_on_is_refused_or_rendered(String part) {
        for (int count : new int[] {1, 100, 10_000}) {
            for (String source : List.of("{{ " + part.repeat(count) + " }}", part.repeat(count))) {
                try {
                    render(source);
                } catch (TemplateFunction.Refusal | HoneException refused) {
                    assertThat(refused).hasMessageContaining(""); // with words of its own
                }
            }
        }
    }

    @Test
    void what_a_user_writes_is_never_a_template() {
        String code = "{{ 7 * 7 }}{% raise %}{# no #}{{ raise_exception('x') }}";
        var messages = List.of(Map.<String, Object>of("role", "user", "content", code));
        assertThat(template("smollm2").render(messages, null, false)).contains("user\n" + code + "<|im_end|>");
    }

    @Test
    void a_filter_that_is_unknown_is_refused_by_name_before_the_first_message() {
        assertThatThrownBy(() -> ChatTemplate.of("{{ messages | urlize }}", "chat_template.jinja", TOKENS))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("chat_template.jinja")
                .hasMessageContaining("[urlize]")
                .hasMessageContaining("tojson");
        assertThatThrownBy(() -> ChatTemplate.of("{{ messages[::2] }}", "here", TOKENS))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("[::2]");
    }

    @Test
    void what_a_template_raises_is_said_in_its_words() {
        refuses("{{ raise_exception('only users, not ' + messages[0].role) }}", "only users, not user");
        refuses("{{ messages.nothing() }}", "the method nothing of a list is not supported");
        refuses("{{ 1 + }}", "line 1");
        refuses("{% unknown %}", "unknown");
    }

    @Test
    void a_directory_has_its_template_in_one_of_three_places() throws IOException {
        assertThat(ChatTemplate.read(folder)).isEmpty();
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(config, "{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": \"</s>\"}");
        assertThat(ChatTemplate.read(folder)).isEmpty();
        Files.writeString(
                config,
                "{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": \"</s>\", \"chat_template\":"
                        + " \"{{ bos_token }}one{{ eos_token }}\"}");
        assertThat(read().render(HELLO, null, true)).isEqualTo("<s>one</s>");
        Files.writeString(
                config,
                "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"two\"}, {\"name\": \"default\","
                        + " \"template\": \"three\"}]}");
        assertThat(read().render(HELLO, null, true)).isEqualTo("three");
        Files.writeString(folder.resolve("chat_template.jinja"), "four\n");
        assertThat(read().render(HELLO, null, true)).isEqualTo("four");
    }

    private ChatTemplate read() {
        return ChatTemplate.read(folder).orElseThrow();
    }

    /// Nothing of a conversation is left for the next one.
    /// What Python and Jinja2 make of the same.
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
        {% for k, v in {'Name': 1, 'name': 2, 'b': 3} | dictsort %}{{ k }}{{ v }} {% endfor %} ! `b3 Name1 name2 `
        {{ ' a b  c '.rsplit(none, 1) }}       ! [' a b', 'c']
        {{ ' a b  c '.rsplit(none, 2) }}       ! [' a', 'b', 'c']
        {{ ' a b  c '.rsplit(none, 9) }}       ! ['a', 'b', 'c']
        {{ ' a b  c '.rsplit() }}              ! ['a', 'b', 'c']
        {{ '  '.rsplit(none, 1) }}             ! []
        {{ 0.0000001 }}                        ! 1e-07
        {{ [0.0000001, 1.5] }}                 ! [1e-07, 1.5]
        {{ 0.0000001 | string }}               ! 1e-07
        {{ 0.0000001 ~ 'x' }}                  ! 1e-07x
        {{ true ~ ['a'] ~ 1.0 ~ missing }}     ! True['a']1.0
        {{ 123456789.0 }}                      ! 123456789.0
        {{ [1, 2].index(2) }}                  ! 1
        """)
    void values_are_what_python_makes_of_them(String source, String text) {
        assertThat(render(source)).isEqualTo(text);
    }

    @Test
    void the_place_of_what_a_list_does_not_hold_is_refused() {
        refuses("{{ [1, 2].index(3) }}", "index of a value that the list does not hold");
    }

    @Test
    void rendering_twice_is_rendering_once() {
        String source = "{% if x is defined %}LEAK{% endif %}{% set x = 1 %}{% macro m() %}{{ messages[0].content }}"
                + "{% endmacro %}{{ m() }}{% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}";
        ChatTemplate template = ChatTemplate.of(source, "here", TOKENS);
        var bye = List.of(Map.<String, Object>of("role", "user", "content", "bye"));
        assertThat(template.render(HELLO, null, true)).isEqualTo("hello1");
        assertThat(template.render(bye, null, true)).isEqualTo("bye1");
        assertThat(template.render(HELLO, null, true)).isEqualTo("hello1");
    }

    @Test
    void the_hash_names_the_template() {
        assertThat(template("smollm2").hash())
                .isEqualTo(template("smollm2").hash())
                .hasSize(32);
        assertThat(template("smollm2").hash()).isNotEqualTo(template("qwen3").hash());
        String begin = "{{ bos_token }}";
        assertThat(ChatTemplate.of(begin, "here", TOKENS).hash())
                .isNotEqualTo(ChatTemplate.of(begin, "here", Map.of("bos_token", "<b>"))
                        .hash());
    }
}
