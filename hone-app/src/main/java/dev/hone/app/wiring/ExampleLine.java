package dev.hone.app.wiring;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Role;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of a file of examples in the columns of TRL and Hugging Face datasets: `messages`, or `prompt` with
/// nothing, `completion`, or `chosen` and `rejected`.
///
/// @param place such as `chats.jsonl:3`
record ExampleLine(String place, JsonNode root) {
    private static final List<String> ANSWERS = List.of("completion", "chosen", "rejected");

    static ExampleLine read(String line, String place) {
        try {
            JsonNode root = JsonMapper.shared().readTree(line);
            var example = new ExampleLine(place, root);
            if (!root.isObject()) {
                throw example.wrong("is no JSON object");
            }
            return example;
        } catch (JacksonException broken) {
            throw new HoneException(
                    Kind.DATA, place + " is not JSON: " + broken.getOriginalMessage() + "; correct the line", broken);
        }
    }

    /// What it holds; of a pair, both sides.
    List<ShownExample> shown() {
        if (root.has("messages")) {
            return List.of(chat(messages("messages")));
        }
        if (!root.has("prompt")) {
            throw wrong("has neither \"messages\" nor \"prompt\"");
        }
        List<Message> prompt = messages("prompt");
        List<ShownExample> shown = new ArrayList<>();
        for (String answer : ANSWERS) {
            if (root.has(answer)) {
                String name = answer.equals("completion") ? place : place + " " + answer;
                shown.add(new ShownExample.Answered(name, Demonstration.of(name, prompt, answer(answer))));
            }
        }
        return shown.isEmpty() ? List.of(new ShownExample.Asked(place, prompt)) : shown;
    }

    /// The last turn is what is learned, if it is an assistant's.
    private ShownExample chat(List<Message> messages) {
        Message last = messages.getLast();
        if (last.role() != Role.ASSISTANT || messages.size() == 1) {
            return new ShownExample.Asked(place, messages);
        }
        List<Message> prompt = messages.subList(0, messages.size() - 1);
        return new ShownExample.Answered(place, Demonstration.of(place, prompt, text(last, "messages")));
    }

    /// A text, or a list with one message of an assistant.
    private String answer(String field) {
        if (root.path(field).isString()) {
            return root.path(field).asString();
        }
        List<Message> messages = messages(field);
        if (messages.size() != 1) {
            throw wrong("has " + messages.size() + " messages in \"" + field + "\", where one is needed");
        }
        return text(messages.getFirst(), field);
    }

    private String text(Message message, String field) {
        try {
            return message.text();
        } catch (IllegalArgumentException notText) {
            throw wrong("has an answer in \"" + field + "\" that is not text");
        }
    }

    private List<Message> messages(String field) {
        JsonNode value = root.path(field);
        if (value.isString()) {
            return List.of(Message.user(value.asString()));
        }
        List<Message> messages = new ArrayList<>();
        value.valueStream().forEach(message -> messages.add(message(message, field)));
        if (messages.isEmpty()) {
            throw wrong("has no messages in \"" + field + "\"");
        }
        return messages;
    }

    private Message message(JsonNode message, String field) {
        List<Part> parts = new ArrayList<>();
        JsonNode content = message.path("content");
        String answered = message.path("tool_call_id").asString("");
        if (content.isString() && !answered.isEmpty()) {
            parts.add(new Part.ToolResult(answered, content.asString()));
        } else if (content.isString()) {
            parts.add(new Part.Text(content.asString()));
        } else {
            content.valueStream().forEach(part -> parts.add(part(part, field)));
        }
        message.path("tool_calls").valueStream().forEach(call -> parts.add(call(call)));
        if (parts.isEmpty()) {
            throw wrong("has a message in \"" + field + "\" without content");
        }
        return new Message(role(message, field), parts);
    }

    private Part part(JsonNode part, String field) {
        if (!part.path("text").isString()) {
            throw wrong("has a part in \"" + field + "\" that is not text: " + part);
        }
        return new Part.Text(part.path("text").asString());
    }

    private static Part call(JsonNode call) {
        JsonNode function = call.path("function");
        JsonNode arguments = function.path("arguments");
        return new Part.ToolCall(
                call.path("id").asString(""),
                function.path("name").asString(""),
                arguments.isString() ? arguments.asString() : arguments.toString());
    }

    private Role role(JsonNode message, String field) {
        String name = message.path("role").asString("");
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
                return role;
            }
        }
        throw wrong("has the role \"" + name + "\" in \"" + field + "\"; roles are system, user, assistant and tool");
    }

    private HoneException wrong(String what) {
        return new HoneException(Kind.DATA, place + " " + what + "; correct the line or leave it out");
    }
}
