package dev.hone.torch;

import dev.hone.data.Model;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.ModelTensors;
import dev.hone.torch.setting.StoredDtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What is known of a model without reading its weights: sizes, tokenizer, what lies on disk.
///
/// @param id names the content
/// @param family `model_type` of its config
/// @param architecture the class of transformers that runs it
/// @param parameters how many numbers it has; those of tied tensors count once
/// @param dtype the narrowest type that holds its stored numbers exactly
/// @param vocabulary rows of the embedding
/// @param chatTemplate whether the model says how a chat is written
/// @param bytes of the files that belong to the model
/// @param weightFiles safetensors among them
public record ModelFacts(
        String id,
        Path folder,
        String family,
        String architecture,
        Sizes sizes,
        long parameters,
        StoredDtype dtype,
        int vocabulary,
        Tokenizer tokenizer,
        List<Special> specials,
        boolean chatTemplate,
        long bytes,
        int weightFiles) {

    /// @param context longest text in tokens
    public record Sizes(
            int layers,
            int hidden,
            int intermediate,
            int heads,
            int keyValueHeads,
            int headSize,
            int context,
            boolean tied) {}

    /// @param kind as `tokenizer.json` calls it, such as `BPE`; `none` without such a file
    /// @param tokens that it knows, added ones included
    public record Tokenizer(String kind, int tokens) {}

    /// A token with a role.
    ///
    /// @param role `begin`, `end` or `pad`; there may be several that end
    /// @param text as the tokenizer writes it; empty if it has no name for the id
    public record Special(String role, int id, String text) {}

    /// @throws dev.hone.run.HoneException if a file of it cannot be read
    public static ModelFacts of(Model model) {
        ModelDirectory directory = ModelDirectory.of(model);
        DecoderConfig config = directory.config();
        ModelTensors tensors = directory.tensors();
        long parameters = 0;
        for (Tensors.Kind kind : tensors.kinds().values()) {
            parameters += Weight.count(kind.shape());
        }
        JsonNode tokenizer = directory.json("tokenizer.json");
        long bytes = 0;
        int weightFiles = 0;
        for (Path part : directory.parts()) {
            bytes += size(part);
            weightFiles += part.toString().endsWith(".safetensors") ? 1 : 0;
        }
        return new ModelFacts(
                model.id(),
                directory.path(),
                config.family().modelType(),
                config.family().architecture(),
                sizes(config),
                parameters,
                tensors.dtype(),
                config.vocabulary(),
                tokenizer(tokenizer),
                specials(directory, tokenizer),
                chatTemplate(directory),
                bytes,
                weightFiles);
    }

    private static Sizes sizes(DecoderConfig config) {
        return new Sizes(
                config.layers(),
                config.hidden(),
                config.intermediate(),
                config.heads(),
                config.keyValueHeads(),
                config.headSize(),
                config.context(),
                config.tied());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
    }

    private static Tokenizer tokenizer(JsonNode tokenizer) {
        if (tokenizer.isMissingNode()) {
            return new Tokenizer("none", 0);
        }
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        long added = 0;
        for (JsonNode token : tokenizer.path("added_tokens")) {
            added += vocabulary.has(token.path("content").asString("")) ? 0 : 1;
        }
        return new Tokenizer(
                tokenizer.path("model").path("type").asString("unnamed"), Math.toIntExact(vocabulary.size() + added));
    }

    private static List<Special> specials(ModelDirectory directory, JsonNode tokenizer) {
        List<Special> specials = new ArrayList<>();
        Map<Integer, String> texts = texts(tokenizer);
        JsonNode config = directory.json("config.json");
        JsonNode generation = directory.json("generation_config.json");
        for (String[] role : new String[][] {{"begin", "bos"}, {"end", "eos"}, {"pad", "pad"}}) {
            String field = role[1] + "_token_id";
            JsonNode named = generation.path(field);
            JsonNode ids = named.isArray() || named.isIntegralNumber() ? named : config.path(field);
            for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
                if (id.isIntegralNumber() && id.canConvertToInt()) {
                    specials.add(new Special(role[0], id.asInt(), texts.getOrDefault(id.asInt(), "")));
                }
            }
        }
        return List.copyOf(specials);
    }

    /// What each id is written as.
    private static Map<Integer, String> texts(JsonNode tokenizer) {
        Map<Integer, String> texts = new HashMap<>();
        for (JsonNode token : tokenizer.path("added_tokens")) {
            texts.putIfAbsent(token.path("id").asInt(-1), token.path("content").asString(""));
        }
        for (var entry : tokenizer.path("model").path("vocab").properties()) {
            texts.putIfAbsent(entry.getValue().asInt(-1), entry.getKey());
        }
        return texts;
    }

    private static boolean chatTemplate(ModelDirectory directory) {
        return directory.json("tokenizer_config.json").hasNonNull("chat_template")
                || Files.isRegularFile(directory.path().resolve("chat_template.jinja"));
    }
}
