package dev.hone.torch.file;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading JSON files of others: every complaint names the file and the field.
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
        JsonNode value = root.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw Fault.data(
                    file + ": \"" + field + "\" is " + (value.isMissingNode() ? "missing" : value.toString())
                            + ", a whole number is needed",
                    "correct the file or choose another model");
        }
        return value.asInt();
    }

    public static int integer(JsonNode root, String field, int otherwise, String file) {
        JsonNode value = root.path(field);
        return value.isMissingNode() || value.isNull() ? otherwise : integer(root, field, file);
    }
}
