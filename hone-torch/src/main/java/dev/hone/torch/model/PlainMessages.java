package dev.hone.torch.model;

import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.torch.template.Unwritable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Messages as chat templates see them: dictionaries with `role`, `content`, `tool_calls`, `tool_call_id`.
final class PlainMessages {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlainMessages() {}

    /// @throws Unwritable if a part is of a kind that no text model reads
    static List<Map<String, Object>> of(List<Message> messages) {
        List<Map<String, Object>> plain = new ArrayList<>();
        messages.forEach(message -> add(message, plain));
        return plain;
    }

    private static void add(Message message, List<Map<String, Object>> plain) {
        StringBuilder content = new StringBuilder();
        List<Object> calls = new ArrayList<>();
        List<Map<String, Object>> results = new ArrayList<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(String text) -> content.append(text);
                case Part.ToolCall(String id, String name, String arguments) ->
                    calls.add(ordered(
                            "type",
                            "function",
                            "id",
                            id,
                            "function",
                            ordered("name", name, "arguments", read(arguments))));
                case Part.ToolResult(String id, String text) ->
                    results.add(ordered("role", "tool", "tool_call_id", id, "content", text));
                case Part.Image _ ->
                    throw new Unwritable("a message holds a picture and this model reads text only; remove it");
            }
        }
        if (results.isEmpty() || !content.isEmpty() || !calls.isEmpty()) {
            Map<String, Object> turn =
                    ordered("role", message.role().name().toLowerCase(Locale.ROOT), "content", content.toString());
            if (!calls.isEmpty()) {
                turn.put("tool_calls", calls);
            }
            plain.add(turn);
        }
        plain.addAll(results);
    }

    /// A JSON object as a dictionary; anything else stays the text that it is.
    private static Object read(String arguments) {
        try {
            return JSON.readTree(arguments).isObject() ? JSON.readValue(arguments, LinkedHashMap.class) : arguments;
        } catch (JacksonException notJson) {
            return arguments;
        }
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
