package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `hone.json`, which lies beside a model that was learned here: with which prompts. A model asked in another format
/// than it was taught with answers worse, and nothing else would show it.
public final class TaughtFormat {
    public static final String FILE = "hone.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VERSION = 1;

    private TaughtFormat() {}

    public static String json(PromptFormat format) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("chat_template", format.name());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// @throws dev.hone.run.HoneException if the directory says that the model was taught with another format
    static void check(ModelDirectory directory, PromptFormat format) {
        JsonNode root = directory.json(FILE);
        if (root.isMissingNode()) {
            return; // a model from elsewhere
        }
        int version =
                Json.integer(root, "version", directory.path().resolve(FILE).toString());
        String taught = root.path("chat_template").asString("");
        if (version != VERSION || !taught.equals(format.name())) {
            throw Fault.data(
                    directory.path() + ": the model was taught with the chat template " + said(taught) + " (" + FILE
                            + ", version " + version + ") and now has " + said(format.name()),
                    "put the template back that it was taught with, or delete " + FILE + " to use it with this one");
        }
    }

    private static String said(String name) {
        return name.length() > 8 ? name.substring(0, 8) : name;
    }
}
