package dev.hone.store;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A problem as JSON. Equal problems give equal text, so that the text's hash names the problem.
final class ProblemJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ProblemJson() {}

    static String write(Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        MessagesJson.write(problem.prompt(), body.putArray("prompt"));
        write(problem.reference(), body.putObject("reference"));
        body.put("split", word(problem.split()));
        ObjectNode facts = body.putObject("facts");
        problem.facts().forEach(facts::put);
        return JSON.writeValueAsString(body);
    }

    static Problem read(String id, String text) {
        JsonNode body = JSON.readTree(text);
        TreeMap<String, String> facts = new TreeMap<>();
        body.required("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return new Problem(
                id,
                MessagesJson.read(body.required("prompt")),
                reference(body.required("reference")),
                Split.valueOf(upper(body, "split")),
                facts);
    }

    private static void write(Reference reference, ObjectNode node) {
        switch (reference) {
            case Reference.Answer(String text, Match match) -> {
                node.put("answer", text);
                switch (match) {
                    case Match.Exact() -> node.put("match", "exact");
                    case Match.Numeric(double tolerance) ->
                        node.put("match", "numeric").put("tolerance", tolerance);
                    case Match.Regex(String pattern) ->
                        node.put("match", "regex").put("pattern", pattern);
                }
            }
            case Reference.Checked(String checker) -> node.put("checker", checker);
            case Reference.None() -> node.put("none", true);
        }
    }

    private static Reference reference(JsonNode node) {
        if (node.has("checker")) {
            return new Reference.Checked(text(node, "checker"));
        }
        if (node.has("none")) {
            return new Reference.None();
        }
        return new Reference.Answer(text(node, "answer"), match(node));
    }

    private static Match match(JsonNode node) {
        return switch (text(node, "match")) {
            case "exact" -> new Match.Exact();
            case "numeric" -> new Match.Numeric(node.required("tolerance").asDouble());
            case "regex" -> new Match.Regex(text(node, "pattern"));
            case String other ->
                throw new IllegalArgumentException("match \"" + other
                        + "\" is unknown; exact, numeric and regex are known; the row was written by a newer Hone");
        };
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asString();
    }

    private static String upper(JsonNode node, String name) {
        return text(node, name).toUpperCase(Locale.ROOT);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
