package dev.hone.torch.template;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a model writes a conversation: the Jinja2 template that comes with it, rendered as transformers renders it.
///
/// `strftime_now` says a day that never changes, the one that Llama's own templates fall back to: a prompt must not
/// depend on when a run is resumed.
public final class ChatTemplate {
    /// Templates are a few kilobytes; the longest known one has 20.
    private static final int LONGEST = 1 << 17;

    private static final String CHANGE = "change the template";

    private static final LocalDateTime TODAY = LocalDate.of(2024, 7, 26).atStartOfDay();

    private final String source;
    private final String where;
    private final Map<String, String> names;
    private final TemplateEngine engine;
    private final TemplateEngine.Parsed parsed;

    private ChatTemplate(String source, String where, Map<String, String> names, String prepared) {
        this.source = source;
        this.where = where;
        this.names = names;
        this.engine = TemplateEngine.at(TODAY);
        this.parsed = engine.parse(prepared);
    }

    /// @param where it comes from, for messages
    /// @param names such as `bos_token`, with the texts that the template sees under them
    /// @throws dev.hone.run.HoneException if it uses what is not supported, by name
    static ChatTemplate of(String source, String where, Map<String, String> names) {
        if (source.length() > LONGEST) {
            throw Fault.data(
                    where + ": a chat template of " + source.length() + " characters; allowed are " + LONGEST,
                    "fetch the model again");
        }
        TemplateCode code;
        try {
            code = TemplateCode.of(source);
        } catch (IllegalArgumentException unsupported) {
            throw Fault.data(where + ": the chat template: " + unsupported.getMessage(), CHANGE, unsupported);
        }
        var unknown = new TreeSet<>(code.filters());
        unknown.removeAll(TemplateFilters.names());
        if (!unknown.isEmpty()) {
            throw Fault.data(
                    where + ": the chat template calls the filters " + unknown + "; supported are "
                            + TemplateFilters.names(),
                    CHANGE);
        }
        try {
            return new ChatTemplate(source, where, Map.copyOf(names), code.prepared());
        } catch (RuntimeException | StackOverflowError broken) { // whatever Jinjava's parser does not expect
            throw Fault.data(where + ": the chat template cannot be read: " + broken.getMessage(), CHANGE, broken);
        }
    }

    /// The template of a model directory: `chat_template.jinja`, else that in `tokenizer_config.json`, of several the
    /// one named `default`.
    public static Optional<ChatTemplate> read(Path directory) {
        Path config = directory.resolve("tokenizer_config.json");
        JsonNode root = Files.isRegularFile(config) ? Json.object(SafeFiles.text(config), config.toString()) : null;
        Map<String, String> names = root == null ? Map.of() : tokens(root);
        Path alone = directory.resolve("chat_template.jinja");
        if (Files.isRegularFile(alone)) {
            return Optional.of(of(SafeFiles.text(alone), alone.toString(), names));
        }
        return Optional.ofNullable(root)
                .flatMap(node -> inConfig(node.path("chat_template")))
                .map(source -> of(source, config.toString(), names));
    }

    private static Optional<String> inConfig(JsonNode template) {
        if (template.isString()) {
            return Optional.of(template.asString());
        }
        return template.valueStream()
                .filter(each -> each.path("name").asString("").equals("default"))
                .map(each -> each.path("template").asString(""))
                .findFirst();
    }

    /// The texts of `bos_token` and its like, each a text or an object with `content`.
    private static Map<String, String> tokens(JsonNode config) {
        Map<String, String> tokens = new HashMap<>();
        config.properties().forEach(field -> {
            JsonNode value = field.getValue().path("content").isString()
                    ? field.getValue().path("content")
                    : field.getValue();
            if (field.getKey().endsWith("_token") && value.isString()) {
                tokens.put(field.getKey(), value.asString());
            }
        });
        return tokens;
    }

    /// The text of a conversation.
    ///
    /// @param messages each with `role`, `content` and what else templates know, of plain values
    /// @param tools as JSON schemas; null for none
    /// @param asked whether the beginning of the assistant's turn follows
    /// @throws TemplateFunction.Refusal if the template does not accept them
    public synchronized String render(
            List<Map<String, Object>> messages, @Nullable List<Map<String, Object>> tools, boolean asked) {
        Map<String, Object> values = new HashMap<>(names);
        values.put("messages", messages);
        values.put("add_generation_prompt", asked);
        values.put("strftime_now", true); // so that "is defined" is true; the call finds the function
        if (tools != null) {
            values.put("tools", tools);
        }
        return engine.text(parsed, values);
    }

    public String where() {
        return where;
    }

    /// Names the template and the tokens that it writes: two that render alike everywhere have the same.
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String all = source + "\0" + new TreeMap<>(names);
            digest.update(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
