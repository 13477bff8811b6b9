package dev.hone.store.problems;

import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Role;
import dev.hone.data.Split;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One line, between text and what it says. Fields are those of the package's table; every other is refused.
///
/// @param id empty where the line has none
/// @param split empty where the line has none
/// @param promptText the prompt's JSON, by which equal prompts are known
record ProblemLine(
        List<String> id,
        List<Split> split,
        List<Message> prompt,
        String promptText,
        Reference reference,
        TreeMap<String, String> facts,
        List<String> worked) {

    private static final List<String> FIELDS = List.of(
            "id", "split", "prompt", "messages", "answer", "checker", "tolerance", "pattern", "facts", "worked");
    /// What other collections call the same.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "question", "prompt",
            "input", "prompt",
            "instruction", "prompt",
            "problem", "prompt",
            "output", "answer",
            "target", "answer",
            "label", "answer",
            "solution", "answer",
            "conversation", "messages",
            "regex", "pattern");
    private static final String EXAMPLE = "{\"prompt\": \"6*7=\", \"answer\": \"42\"}";
    private static final int MAX_DEPTH = 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static ProblemLine read(String text) throws Unusable {
        JsonNode line = json(text);
        if (!line.isObject()) {
            throw new Unusable("is no JSON object; one object a line is needed; write for instance " + EXAMPLE);
        }
        for (String field : line.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new Unusable("has the unknown field " + Unusable.shown(field) + "; known are "
                        + String.join(", ", FIELDS) + "; "
                        + meant(field, FIELDS)
                                .map(m -> "did you mean \"" + m + "\"?")
                                .orElse("put it into facts"));
            }
        }
        if (line.has("prompt") == line.has("messages")) {
            throw new Unusable((line.has("prompt") ? "has both" : "has neither")
                    + " \"prompt\" and \"messages\"; exactly one is needed; write for instance " + EXAMPLE);
        }
        List<Message> prompt =
                line.has("prompt") ? List.of(Message.user(text(line, "prompt"))) : messages(line.get("messages"));
        return new ProblemLine(
                line.has("id") ? List.of(id(line)) : List.of(),
                line.has("split") ? List.of(split(line)) : List.of(),
                prompt,
                (line.has("prompt") ? line.get("prompt") : line.get("messages")).toString(),
                reference(line),
                facts(line),
                worked(line));
    }

    static String write(FiledProblem filed) {
        Problem problem = filed.problem();
        ObjectNode line = JSON.createObjectNode();
        line.put("id", problem.id());
        line.put("split", problem.split().name().toLowerCase(Locale.ROOT));
        if (problem.prompt().equals(List.of(Message.user(onlyText(problem.prompt()))))) {
            line.put("prompt", onlyText(problem.prompt()));
        } else {
            line.set("messages", messages(problem.prompt()));
        }
        switch (problem.reference()) {
            case Reference.Answer(String answer, Match match) -> {
                line.put("answer", answer);
                switch (match) {
                    case Match.Exact() -> line.put("checker", "exact");
                    case Match.Numeric(double tolerance) ->
                        line.put("checker", "numeric").put("tolerance", tolerance);
                    case Match.Regex(String pattern) ->
                        line.put("checker", "regex").put("pattern", pattern);
                }
            }
            case Reference.Checked(String name) -> {
                if (isMatch(name) || name.equals("none")) {
                    throw new IllegalArgumentException("problem \"" + problem.id() + "\" names a checker \"" + name
                            + "\", which means something else in a file; rename the checker");
                }
                line.put("checker", name);
            }
            case Reference.None() -> line.put("checker", "none");
        }
        if (!problem.facts().isEmpty()) {
            ObjectNode facts = line.putObject("facts");
            problem.facts().forEach(facts::put);
        }
        if (!filed.worked().isEmpty()) {
            ArrayNode worked = line.putArray("worked");
            filed.worked().forEach(worked::add);
        }
        return JSON.writeValueAsString(line);
    }

    /// The nearest of `known` to a word that is not among them.
    static Optional<String> meant(String word, Iterable<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        List<String> near = new ArrayList<>();
        for (String each : known) {
            if (word.length() <= 40 && distance(lower, each) <= Math.max(1, each.length() / 3)) {
                near.add(each);
            }
        }
        return near.stream()
                .min(Comparator.comparingInt(each -> distance(lower, each)))
                .or(() -> Optional.ofNullable(ELSEWHERE.get(lower)));
    }

    private static JsonNode json(String text) throws Unusable {
        try {
            return JSON.readTree(text);
        } catch (JacksonException broken) {
            String why = String.valueOf(broken.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("");
            String where = Optional.ofNullable(broken.getLocation())
                    .map(location -> "column " + location.getColumnNr() + ": ")
                    .orElse("");
            throw new Unusable("is no JSON (" + where + Unusable.shown(why) + "); one object a line is needed, nested "
                    + MAX_DEPTH + " deep at most; correct it");
        }
    }

    private static String text(JsonNode line, String field) throws Unusable {
        JsonNode value = line.get(field);
        if (value == null || !value.isString()) {
            throw new Unusable("has " + (value == null ? "no" : "a " + kind(value) + " as") + " \"" + field
                    + "\"; a text is needed; write for instance \"" + field + "\": \"42\"");
        }
        return value.stringValue();
    }

    private static String id(JsonNode line) throws Unusable {
        String id = text(line, "id");
        if (id.isBlank()) {
            throw new Unusable("has a blank \"id\"; some text is needed; name the problem or leave the field out");
        }
        return id;
    }

    private static Split split(JsonNode line) throws Unusable {
        String name = text(line, "split");
        for (Split split : Split.values()) {
            if (split.name().toLowerCase(Locale.ROOT).equals(name)) {
                return split;
            }
        }
        throw new Unusable(
                "has the unknown split " + Unusable.shown(name) + "; known are train, validation and test; choose one");
    }

    private static Reference reference(JsonNode line) throws Unusable {
        String checker = line.has("checker") ? text(line, "checker") : "exact";
        only(line, "tolerance", checker, "numeric");
        only(line, "pattern", checker, "regex");
        if (!isMatch(checker)) {
            if (line.has("answer")) {
                throw new Unusable("has an \"answer\" that its checker " + Unusable.shown(checker)
                        + " does not read; exact, numeric and regex read one; remove the answer or choose of these");
            }
            return checker.equals("none") ? new Reference.None() : new Reference.Checked(checker);
        }
        if (!line.has("answer")) {
            throw new Unusable("has no \"answer\"; the checker \"" + checker
                    + "\" needs one; add it, or write \"checker\": \"none\" where there is none");
        }
        String answer = text(line, "answer");
        return switch (checker) {
            case "numeric" -> new Reference.Answer(answer, new Match.Numeric(tolerance(line)));
            case "regex" -> {
                String pattern = text(line, "pattern");
                BoundedRegex.compiled(pattern);
                yield new Reference.Answer(answer, new Match.Regex(pattern));
            }
            default -> new Reference.Answer(answer, new Match.Exact());
        };
    }

    private static boolean isMatch(String checker) {
        return checker.equals("exact") || checker.equals("numeric") || checker.equals("regex");
    }

    private static void only(JsonNode line, String field, String checker, String reader) throws Unusable {
        if (line.has(field) && !checker.equals(reader)) {
            throw new Unusable(
                    "has a \"" + field + "\" that its checker " + Unusable.shown(checker) + " does not read; only \""
                            + reader + "\" does; remove it or write \"checker\": \"" + reader + "\"");
        }
    }

    private static double tolerance(JsonNode line) throws Unusable {
        JsonNode value = line.get("tolerance");
        if (value == null) {
            return 0;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0) || Double.isInfinite(value.doubleValue())) {
            throw new Unusable("has the tolerance " + Unusable.shown(value.toString())
                    + "; a finite number of at least 0 is needed; write for instance \"tolerance\": 0.01");
        }
        return value.doubleValue();
    }

    private static TreeMap<String, String> facts(JsonNode line) throws Unusable {
        TreeMap<String, String> facts = new TreeMap<>();
        JsonNode all = line.get("facts");
        if (all == null) {
            return facts;
        }
        if (!all.isObject()) {
            throw new Unusable("has a " + kind(all) + " as \"facts\"; an object of texts is needed; write for instance"
                    + " \"facts\": {\"target\": \"29\"}");
        }
        for (Map.Entry<String, JsonNode> fact : all.properties()) {
            if (!fact.getValue().isString()) {
                throw new Unusable("has a " + kind(fact.getValue()) + " as the fact " + Unusable.shown(fact.getKey())
                        + "; a text is needed; put it in quotes");
            }
            facts.put(fact.getKey(), fact.getValue().stringValue());
        }
        return facts;
    }

    private static List<String> worked(JsonNode line) throws Unusable {
        JsonNode all = line.get("worked");
        if (all == null) {
            return List.of();
        }
        if (!all.isArray()) {
            throw new Unusable("has a " + kind(all) + " as \"worked\"; a list of texts is needed; put it in brackets");
        }
        List<String> worked = new ArrayList<>();
        for (JsonNode each : all.values()) {
            if (!each.isString()) {
                throw new Unusable("has a " + kind(each) + " in \"worked\"; texts are needed; put it in quotes");
            }
            worked.add(each.stringValue());
        }
        return worked;
    }

    private static List<Message> messages(JsonNode all) throws Unusable {
        if (!all.isArray() || all.isEmpty()) {
            throw new Unusable("has " + (all.isArray() ? "an empty list" : "a " + kind(all))
                    + " as \"messages\"; a list of at least one message is needed; write for instance"
                    + " [{\"role\": \"user\", \"content\": \"6*7=\"}]");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode each : all.values()) {
            fields(each, "message", List.of("role", "content"));
            JsonNode content = each.get("content");
            List<Part> parts = new ArrayList<>();
            if (content != null && content.isArray() && !content.isEmpty()) {
                for (JsonNode part : content.values()) {
                    parts.add(part(part));
                }
            } else {
                parts.add(new Part.Text(text(each, "content")));
            }
            messages.add(new Message(role(text(each, "role")), parts));
        }
        return messages;
    }

    private static Role role(String name) throws Unusable {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
                return role;
            }
        }
        throw new Unusable("has the unknown role " + Unusable.shown(name)
                + "; known are system, user, assistant and tool; choose one");
    }

    private static Part part(JsonNode part) throws Unusable {
        fields(part, "part", List.of("type", "text", "source", "id", "name", "arguments", "call"));
        String type = text(part, "type");
        return switch (type) {
            case "text" -> new Part.Text(text(part, "text"));
            case "image" -> new Part.Image(uri(text(part, "source")));
            case "tool-call" -> new Part.ToolCall(text(part, "id"), text(part, "name"), text(part, "arguments"));
            case "tool-result" -> new Part.ToolResult(text(part, "call"), text(part, "text"));
            default ->
                throw new Unusable("has the unknown part type " + Unusable.shown(type)
                        + "; known are text, image, tool-call and tool-result; choose one");
        };
    }

    private static URI uri(String source) throws Unusable {
        try {
            return URI.create(source);
        } catch (IllegalArgumentException broken) {
            throw new Unusable("has the image source " + Unusable.shown(source)
                    + ", which is no address; a file: or data: URI is needed; correct it");
        }
    }

    private static void fields(JsonNode node, String what, List<String> known) throws Unusable {
        if (!node.isObject()) {
            throw new Unusable("has a " + kind(node) + " as a " + what + "; an object is needed; its fields are "
                    + String.join(", ", known));
        }
        for (String field : node.propertyNames()) {
            if (!known.contains(field)) {
                throw new Unusable("has the unknown field " + Unusable.shown(field) + " in a " + what + "; known are "
                        + String.join(", ", known) + "; remove it");
            }
        }
    }

    private static String onlyText(List<Message> prompt) {
        return prompt.size() == 1
                        && prompt.getFirst().parts().size() == 1
                        && prompt.getFirst().parts().getFirst() instanceof Part.Text(String text)
                ? text
                : "";
    }

    private static ArrayNode messages(List<Message> prompt) {
        ArrayNode messages = JSON.createArrayNode();
        for (Message message : prompt) {
            ObjectNode node = messages.addObject();
            node.put("role", message.role().name().toLowerCase(Locale.ROOT));
            ArrayNode parts = node.putArray("content");
            for (Part part : message.parts()) {
                switch (part) {
                    case Part.Text(String text) ->
                        parts.addObject().put("type", "text").put("text", text);
                    case Part.Image(URI source) ->
                        parts.addObject().put("type", "image").put("source", source.toString());
                    case Part.ToolCall(String id, String name, String arguments) ->
                        parts.addObject()
                                .put("type", "tool-call")
                                .put("id", id)
                                .put("name", name)
                                .put("arguments", arguments);
                    case Part.ToolResult(String call, String text) ->
                        parts.addObject()
                                .put("type", "tool-result")
                                .put("call", call)
                                .put("text", text);
                }
            }
        }
        return messages;
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /// Levenshtein's.
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[right.length()];
    }
}
