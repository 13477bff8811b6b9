package dev.hone.torch.template;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hone.torch.Allowance;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/// Any text as a chat template, and any texts as messages: a prompt, or a refusal in words.
class TemplateFuzzTest {
    /// What a rendering may allocate does not follow from the template, so it is bounded by itself; see
    /// [TemplateEngine].
    private static final Allowance ALLOWANCE = new Allowance(1200 << 20, 10_000, Duration.ofSeconds(12));

    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

    static Stream<byte[]> seeds() {
        Stream.Builder<String> seeds = Stream.builder();
        for (String name : List.of(
                "features", "llama-3.1", "llama-3.2", "mistral-7b", "mistral-nemo", "qwen2.5", "qwen3", "smollm2")) {
            seeds.add(SafeFiles.text(Tiny.resource("/chat/" + name + ".jinja")));
        }
        Stream.of(SafeFiles.text(Tiny.resource("/chat/features.jinja")).split("\n"))
                .forEach(seeds::add);
        return seeds.build()
                .map(template ->
                        (template + "\0user\0Hello {{ x }}\0assistant\0a b\n c").getBytes(StandardCharsets.UTF_8));
    }

    /// @param content a template; then, each after a byte 0, roles and contents in turn
    @Timeout(120)
    @DictionaryEntries({
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "{%- ",
        " -%}",
        "{#",
        "#}",
        "for x in messages",
        "endfor",
        "if ",
        "elif ",
        "else",
        "endif",
        "set x = ",
        "set ns.x = ",
        "namespace(x=1)",
        "macro f(x, y=1)",
        "endmacro",
        "f(x)",
        "break",
        "continue",
        "generation",
        "endgeneration",
        "raw",
        "endraw",
        "range(99999)",
        "loop.index0",
        "loop.previtem",
        "loop.last",
        "messages[0].content",
        "messages[::-1]",
        "messages[1:]",
        "['role']",
        " | tojson(indent=4)",
        " | replace('', x)",
        " | join(x)",
        " | indent(9)",
        " | length",
        " | list",
        " | map(attribute='role')",
        " | selectattr('role')",
        " | sort",
        " | unique",
        " | dictsort",
        " | items",
        " | trim",
        " | default('')",
        " | string",
        " | int",
        " | round",
        ".split()",
        ".rsplit('a', 1)",
        ".strip()",
        ".replace('a', 'bb')",
        ".startswith('a')",
        ".items()",
        ".get('a')",
        "raise_exception(x)",
        "strftime_now('%Y')",
        " is defined",
        " is string",
        " in ",
        " not ",
        " and ",
        " ~ ",
        " ** ",
        " // ",
        " * 1000000",
        "99999999999",
        "{'a': [1, 2.5]}",
        "bos_token",
        "add_generation_prompt",
        "tools"
    })
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_template_is_rendered_or_refused(byte[] content) {
        String[] parts = new String(content, StandardCharsets.UTF_8).split("\0", -1);
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", parts[i]);
            message.put("content", i + 1 < parts.length ? parts[i + 1] : List.of(Map.of("type", "text", "text", "")));
            messages.add(message);
        }
        ALLOWANCE.holds(content.length, () -> {
            ChatTemplate template = ChatTemplate.of(parts[0], "some.jinja", TOKENS);
            for (boolean asked : new boolean[] {true, false}) {
                try {
                    template.render(
                            messages, asked ? List.of(Map.of("name", "f", "parameters", Map.of())) : null, asked);
                } catch (TemplateFunction.Refusal refused) {
                    // in the template's words, or those of what went wrong
                }
            }
        });
    }
}
