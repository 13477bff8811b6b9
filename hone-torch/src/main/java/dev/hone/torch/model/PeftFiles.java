package dev.hone.torch.model;

import dev.hone.learn.Adaptation.Lora;
import dev.hone.learn.Adaptation.Scaling;
import dev.hone.learn.Adaptation.Target;
import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An adapter on disk, in PEFT's form: `adapter_config.json` and `adapter_model.safetensors`.
public final class PeftFiles {
    /// Where an adapter lies beside a model that it is merged into.
    public static final String FOLDER = "adapter/";

    public static final String CONFIG = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final int LARGEST_RANK = 1 << 16;

    /// What makes of the same matrices another model.
    private static final List<String> CHANGING = List.of(
            "rank_pattern",
            "alpha_pattern",
            "layers_to_transform",
            "layer_replication",
            "modules_to_save",
            "target_parameters",
            "trainable_token_indices",
            "alora_invocation_tokens",
            "arrow_config");

    /// Starts that leave the base as it is. The others (PiSSA, OLoRA, LoftQ, CorDA) take a part out of it, so what they
    /// lead to belongs to the rest and not to the base; PEFT writes `true` once it has converted it.
    private static final Set<String> ON_THE_BASE = Set.of("gaussian", "eva", "orthogonal");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PeftFiles() {}

    /// An adapter that was read.
    public record Adapter(Lora lora, SequencedMap<String, Weight> weights) {}

    /// `adapter_config.json`.
    ///
    /// @param base where the base model is, for a reader
    public static String config(Lora lora, HeadKind head, String base) {
        ObjectNode root = JSON.createObjectNode();
        root.put("base_model_name_or_path", base);
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        root.put("lora_alpha", lora.alpha());
        root.put("lora_dropout", lora.dropout());
        if (head == HeadKind.REWARD || head == HeadKind.STEPS) {
            root.putArray("modules_to_save").add("score");
        } else {
            root.putNull("modules_to_save");
        }
        root.put("peft_type", "LORA");
        root.put("r", lora.rank());
        ArrayNode targets = root.putArray("target_modules");
        for (Target target : EnumSet.copyOf(lora.targets())) {
            targets.add(shortName(target));
        }
        root.put(
                "task_type",
                switch (head) {
                    case TOKENS_ONLY, VALUE -> "CAUSAL_LM";
                    case REWARD -> "SEQ_CLS";
                    case STEPS -> "TOKEN_CLS";
                });
        root.put("use_dora", false);
        root.put("use_rslora", lora.scaling() == Scaling.ROOT_OF_RANK);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String shortName(Target target) {
        String module = LoraWeights.module(target);
        return module.substring(module.indexOf('.') + 1);
    }

    /// An adapter's tensors, a head's included, under PEFT's names.
    public static SequencedMap<String, Weight> named(Map<String, Weight> weights) {
        SequencedMap<String, Weight> named = new LinkedHashMap<>();
        weights.forEach((name, weight) -> named.put(PREFIX + name, weight));
        return named;
    }

    /// Reads an adapter for a decoder.
    ///
    /// @throws dev.hone.run.HoneException if it is of another kind or does not fit
    public static Adapter read(Path folder, DecoderConfig config) {
        Path file = folder.resolve(CONFIG);
        JsonNode root = Json.object(SafeFiles.text(file), file.toString());
        Lora lora = settings(root, file.toString());
        Path tensors = folder.resolve(WEIGHTS);
        Map<String, Weight> read = Safetensors.read(tensors);
        SequencedMap<String, List<Integer>> shapes = LoraWeights.shapes(lora, config);
        SequencedMap<String, Weight> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            Weight weight = read.get(PREFIX + name);
            if (weight == null || !weight.shape().equals(shape)) {
                throw Fault.data(
                        tensors + ": tensor \"" + PREFIX + name + "\": expected shape " + shape + ", got "
                                + (weight == null ? "none" : weight.shape()),
                        "the adapter belongs to another model or is damaged; fetch it again");
            }
            weights.put(name, weight);
        });
        if (read.size() != weights.size()) {
            var more = new ArrayList<>(read.keySet());
            more.removeAll(named(weights).keySet());
            throw Fault.data(
                    tensors + " also holds " + more.subList(0, Math.min(3, more.size())) + ", which is not supported",
                    "choose an adapter of attention and MLP matrices only");
        }
        return new Adapter(lora, weights);
    }

    private static Lora settings(JsonNode root, String file) {
        refuseOther(root, file, "peft_type", "LORA");
        refuseOther(root, file, "bias", "none");
        for (String flag : List.of("fan_in_fan_out", "use_dora", "lora_bias", "use_qalora")) {
            if (Json.flag(root, flag, false, file)) {
                throw unsupported(root, file, flag);
            }
        }
        for (String field : CHANGING) {
            if (says(root.path(field))) {
                throw unsupported(root, file, field);
            }
        }
        JsonNode start = root.path("init_lora_weights");
        if (!Json.isAbsent(start) && !start.isBoolean() && !ON_THE_BASE.contains(start.asString(""))) {
            throw unsupported(root, file, "init_lora_weights");
        }
        int rank = Json.integer(root, "r", file);
        double alpha = Json.number(root, "lora_alpha", 0, file);
        double dropout = Json.number(root, "lora_dropout", 0, file);
        if (rank < 1 || rank > LARGEST_RANK || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
            throw Fault.data(
                    file + ": r " + rank + ", lora_alpha " + alpha + ", lora_dropout " + dropout
                            + "; allowed is r 1 to " + LARGEST_RANK + ", alpha above 0, dropout in [0, 1)",
                    "fetch the adapter again");
        }
        Scaling scaling = Json.flag(root, "use_rslora", false, file) ? Scaling.ROOT_OF_RANK : Scaling.RANK;
        return new Lora(rank, alpha, dropout, targets(root, file), scaling);
    }

    private static Set<Target> targets(JsonNode root, String file) {
        Set<Target> targets = EnumSet.noneOf(Target.class);
        JsonNode names = root.path("target_modules");
        for (JsonNode name : names) {
            for (Target target : Target.values()) {
                if (shortName(target).equals(name.asString(""))) {
                    targets.add(target);
                }
            }
        }
        if (targets.isEmpty() || targets.size() != names.size()) {
            throw Fault.data(
                    file + ": target_modules " + names + "; supported is a list out of q_proj, k_proj, v_proj, o_proj, "
                            + "gate_proj, up_proj, down_proj",
                    "choose an adapter of these only");
        }
        return targets;
    }

    /// Whether a field asks for something: it is neither absent nor null, false or empty.
    private static boolean says(JsonNode value) {
        boolean empty =
                value.isContainer() ? value.isEmpty() : value.asString("0").isEmpty();
        return !Json.isAbsent(value) && !empty && !(value.isBoolean() && !value.asBoolean());
    }

    private static HoneException unsupported(JsonNode root, String file, String field) {
        return Fault.data(
                file + ": " + field + " " + root.path(field) + " is not supported", "choose an adapter without it");
    }

    private static void refuseOther(JsonNode root, String file, String field, String only) {
        String value = Json.text(root, field, only, file);
        if (!value.equals(only)) {
            throw Fault.data(
                    file + ": " + field + " \"" + value + "\" is not supported; supported is \"" + only + "\"",
                    "choose an adapter without it");
        }
    }
}
