package dev.hone.store;

import dev.hone.data.Constraint;
import dev.hone.data.Sampling;
import dev.hone.data.Warping;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Settings of sampling besides temperature and length as JSON; only what departs from none is written. Equal
/// settings give equal text, so that the text tells settings apart.
final class SamplingJson {
    private static final JsonMapper JSON = new JsonMapper();

    private SamplingJson() {}

    /// @return empty if there are none
    static String write(Sampling sampling) {
        ObjectNode body = JSON.createObjectNode();
        Warping warping = sampling.warping();
        if (warping.topK() != Warping.NONE.topK()) {
            body.put("top_k", warping.topK());
        }
        if (warping.topP() != Warping.NONE.topP()) {
            body.put("top_p", warping.topP());
        }
        if (warping.minP() != Warping.NONE.minP()) {
            body.put("min_p", warping.minP());
        }
        if (warping.repetitionPenalty() != Warping.NONE.repetitionPenalty()) {
            body.put("repetition_penalty", warping.repetitionPenalty());
        }
        if (!warping.bias().isEmpty()) {
            ObjectNode bias = body.putObject("logit_bias");
            warping.bias().forEach((token, added) -> bias.put(token.toString(), added));
        }
        if (!sampling.stops().isEmpty()) {
            sampling.stops().forEach(body.putArray("stop")::add);
        }
        if (sampling.constraint() instanceof Constraint.Regex(String pattern)) {
            body.put("regex", pattern);
        }
        return body.isEmpty() ? "" : JSON.writeValueAsString(body);
    }

    static Sampling read(double temperature, int maxTokens, String more) {
        if (more.isEmpty()) {
            return new Sampling(temperature, maxTokens);
        }
        JsonNode body = JSON.readTree(more);
        TreeMap<Integer, Double> bias = new TreeMap<>();
        body.path("logit_bias")
                .properties()
                .forEach(each ->
                        bias.put(Integer.valueOf(each.getKey()), each.getValue().asDouble()));
        var warping = new Warping(
                body.path("top_k").asInt(Warping.NONE.topK()),
                body.path("top_p").asDouble(Warping.NONE.topP()),
                body.path("min_p").asDouble(Warping.NONE.minP()),
                body.path("repetition_penalty").asDouble(Warping.NONE.repetitionPenalty()),
                bias);
        List<String> stops = new ArrayList<>();
        body.path("stop").forEach(stop -> stops.add(stop.asString()));
        Constraint constraint =
                body.has("regex") ? new Constraint.Regex(body.required("regex").asString()) : new Constraint.Free();
        return new Sampling(temperature, maxTokens, warping, stops, constraint);
    }
}
