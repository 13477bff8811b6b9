package dev.hone.torch.file;

import dev.hone.run.HoneException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading JSON files of others: every complaint names the file and the field. A field that is absent or null has the
/// value `otherwise`, where there is one; a value of another kind never has.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static JsonNode object(String json, String file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException broken) {
            throw Fault.data(
                    file + " is not JSON: " + broken.getOriginalMessage(), "fetch or write the file again", broken);
        }
        if (!root.isObject()) {
            throw Fault.data(file + " does not hold a JSON object", "fetch or write the file again");
        }
        return root;
    }

    public static int integer(JsonNode root, String field, String file) {
        return whole(root.path(field), field, file);
    }

    /// @param field where the value is
    public static int whole(JsonNode value, String field, String file) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(value, field, "a whole number", file);
        }
        return value.asInt();
    }

    public static int integer(JsonNode root, String field, int otherwise, String file) {
        JsonNode value = root.path(field);
        return isAbsent(value) ? otherwise : whole(value, field, file);
    }

    /// A finite number.
    public static double number(JsonNode root, String field, double otherwise, String file) {
        JsonNode value = root.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrong(value, field, "a number", file);
        }
        return number;
    }

    public static boolean flag(JsonNode root, String field, boolean otherwise, String file) {
        JsonNode value = root.path(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            throw wrong(value, field, "true or false", file);
        }
        return value.asBoolean(otherwise);
    }

    public static String text(JsonNode root, String field, String otherwise, String file) {
        JsonNode value = root.path(field);
        if (!isAbsent(value) && !value.isString()) {
            throw wrong(value, field, "a text", file);
        }
        return value.asString(otherwise);
    }

    public static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /// The fault that a field holds another kind of value than `needed`.
    public static HoneException wrong(JsonNode value, String field, String needed, String file) {
        return Fault.data(
                file + ": \"" + field + "\" is " + (value.isMissingNode() ? "missing" : value.toString()) + ", "
                        + needed + " is needed",
                "correct the file or choose another model");
    }
}
