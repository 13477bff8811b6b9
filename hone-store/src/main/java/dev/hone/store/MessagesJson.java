package dev.hone.store;

import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages as JSON.
final class MessagesJson {
    /// A text that a model was cut in may end in half a surrogate pair, which is no Unicode but can be escaped.
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private MessagesJson() {}

    static String write(List<Message> messages) {
        ArrayNode array = ASCII.createArrayNode();
        write(messages, array);
        return ASCII.writeValueAsString(array);
    }

    static List<Message> read(String text) {
        return read(ASCII.readTree(text));
    }

    static void write(List<Message> messages, ArrayNode array) {
        for (Message message : messages) {
            ObjectNode turn = array.addObject();
            turn.put("role", message.role().name().toLowerCase(Locale.ROOT));
            ArrayNode parts = turn.putArray("parts");
            message.parts().forEach(part -> write(part, parts.addObject()));
        }
    }

    static List<Message> read(JsonNode array) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode turn : array) {
            List<Part> parts = new ArrayList<>();
            turn.required("parts").forEach(part -> parts.add(part(part)));
            messages.add(new Message(Role.valueOf(text(turn, "role").toUpperCase(Locale.ROOT)), parts));
        }
        return messages;
    }

    private static void write(Part part, ObjectNode node) {
        switch (part) {
            case Part.Text(String text) -> node.put("text", text);
            case Part.Image(URI source) -> node.put("image", source.toString());
            case Part.ToolCall(String id, String name, String arguments) ->
                node.put("call", id).put("name", name).put("arguments", arguments);
            case Part.ToolResult(String callId, String text) ->
                node.put("result", callId).put("text", text);
        }
    }

    private static Part part(JsonNode node) {
        if (node.has("image")) {
            return new Part.Image(URI.create(text(node, "image")));
        }
        if (node.has("call")) {
            return new Part.ToolCall(text(node, "call"), text(node, "name"), text(node, "arguments"));
        }
        return node.has("result")
                ? new Part.ToolResult(text(node, "result"), text(node, "text"))
                : new Part.Text(text(node, "text"));
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asString();
    }
}
