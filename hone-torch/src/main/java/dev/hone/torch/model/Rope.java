package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rotary positions: how fast each pair of a head turns.
public sealed interface Rope {

    /// Turns per position of pair `i`: `theta^(-2i/d)`.
    double theta();

    record Plain(double theta) implements Rope {}

    /// Llama 3.1: slow pairs are stretched by `factor`, fast ones are kept, those between are blended.
    record Llama3(double theta, double factor, double lowFrequency, double highFrequency, int originalContext)
            implements Rope {

        double stretch(float inverse) {
            double wavelength = 2 * Math.PI / inverse;
            if (wavelength > originalContext / lowFrequency) {
                return inverse / factor;
            }
            if (wavelength < originalContext / highFrequency) {
                return inverse;
            }
            double keep = (originalContext / wavelength - lowFrequency) / (highFrequency - lowFrequency);
            return (1 - keep) * inverse / factor + keep * inverse;
        }

        void put(ObjectNode fields) {
            fields.put("factor", factor);
            fields.put("high_freq_factor", highFrequency);
            fields.put("low_freq_factor", lowFrequency);
            fields.put("original_max_position_embeddings", originalContext);
            fields.put("rope_theta", theta);
            fields.put("rope_type", "llama3");
        }
    }

    /// Angle per position of each pair, `[headSize / 2]`, float32 as transformers computes it.
    default float[] inverseFrequencies(int headSize) {
        float[] inverse = new float[headSize / 2];
        for (int i = 0; i < inverse.length; i++) {
            float exponent = (float) (2 * i) / headSize;
            inverse[i] = 1f / (float) StrictMath.pow(theta(), exponent);
            if (this instanceof Llama3 scaled) {
                inverse[i] = (float) scaled.stretch(inverse[i]);
            }
        }
        return inverse;
    }

    /// Cosine of each pair's angle, `[positions, headSize / 2]`.
    default float[] cosines(int headSize, int positions) {
        return table(headSize, positions, StrictMath::cos);
    }

    /// Sine of each pair's angle, `[positions, headSize / 2]`.
    default float[] sines(int headSize, int positions) {
        return table(headSize, positions, StrictMath::sin);
    }

    private float[] table(int headSize, int positions, DoubleUnaryOperator function) {
        float[] inverse = inverseFrequencies(headSize);
        float[] table = new float[Math.multiplyExact(positions, inverse.length)];
        for (int position = 0; position < positions; position++) {
            for (int pair = 0; pair < inverse.length; pair++) {
                float angle = position * inverse[pair];
                table[position * inverse.length + pair] = (float) function.applyAsDouble(angle);
            }
        }
        return table;
    }

    static Rope parse(JsonNode root, String file) {
        JsonNode parameters = object(root, "rope_parameters", file);
        JsonNode fields = parameters.isObject() ? parameters : object(root, "rope_scaling", file);
        for (JsonNode each : new JsonNode[] {root, fields}) {
            double turning = Json.number(each, "partial_rotary_factor", 1, file);
            if (turning != 1) {
                throw Fault.data(
                        file + ": partial_rotary_factor " + turning + " is not supported; supported is 1",
                        "choose a model that turns whole heads");
            }
        }
        JsonNode base = fields.has("rope_theta") ? fields : root;
        double theta = positive(base, "rope_theta", 10000, file);
        String type = Json.text(fields, "rope_type", Json.text(fields, "type", "default", file), file);
        return switch (type) {
            case "default" -> new Plain(theta);
            case "llama3" ->
                new Llama3(
                        theta,
                        positive(fields, "factor", 8, file),
                        positive(fields, "low_freq_factor", 1, file),
                        positive(fields, "high_freq_factor", 4, file),
                        originalContext(fields, file));
            default ->
                throw Fault.data(
                        file + ": rope_type \"" + type
                                + "\" is not supported; supported are \"default\" and \"llama3\"",
                        "choose a model with one of these");
        };
    }

    private static JsonNode object(JsonNode root, String field, String file) {
        JsonNode value = root.path(field);
        if (!Json.isAbsent(value) && !value.isObject()) {
            throw Json.wrong(value, field, "an object", file);
        }
        return value;
    }

    private static int originalContext(JsonNode fields, String file) {
        int tokens = Json.integer(fields, "original_max_position_embeddings", file);
        positive(fields, "original_max_position_embeddings", tokens, file);
        return tokens;
    }

    private static double positive(JsonNode fields, String name, double otherwise, String file) {
        double value = Json.number(fields, name, otherwise, file);
        if (!(value > 0)) {
            throw Fault.data(
                    file + ": " + name + " " + value + " is not a number above 0",
                    "correct the file or choose another model");
        }
        return value;
    }

    default void write(ObjectNode root) {
        ObjectNode fields = root.putObject("rope_parameters");
        switch (this) {
            case Plain plain -> {
                fields.put("rope_theta", plain.theta());
                fields.put("rope_type", "default");
                root.put("rope_theta", plain.theta()); // transformers before 5 reads this one
            }
            case Llama3 scaled -> {
                scaled.put(fields);
                scaled.put(root.putObject("rope_scaling"));
                root.put("rope_theta", scaled.theta());
            }
        }
    }
}
