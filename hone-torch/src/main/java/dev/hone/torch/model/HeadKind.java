package dev.hone.torch.model;

import dev.hone.learn.Objective;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is put on a decoder's states besides the one that predicts tokens. A new head starts at 0; one that
/// the model has already goes on from there.
public enum HeadKind {
    /// None.
    TOKENS_ONLY,
    /// One number, no bias: transformers' `...ForSequenceClassification` of one label.
    REWARD,
    /// Two numbers, wrong and right, with bias: transformers' `...ForTokenClassification`.
    STEPS,
    /// One number, no bias, beside a model that stays what it is; in a file of its own, which transformers
    /// does not read.
    VALUE;

    /// A head's parameters, by transformers' names: `[outputs, H]`, and `[outputs]` where it has a bias.
    public static final String WEIGHT = "score.weight";

    public static final String BIAS = "score.bias";
    public static final String VALUE_FILE = "value_head.safetensors";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static HeadKind of(Objective<?> objective) {
        return switch (objective) {
            case Objective.BradleyTerry _, Objective.Listwise() -> REWARD;
            case Objective.StepReward() -> STEPS;
            case Objective.Ppo _ -> VALUE;
            case Objective.Sft _,
                    Objective.Dpo _,
                    Objective.SimPo _,
                    Objective.Orpo _,
                    Objective.Kto _,
                    Objective.Grpo _,
                    Objective.Rloo _,
                    Objective.RelativeReward _,
                    Objective.Latro _ -> TOKENS_ONLY;
        };
    }

    /// The parameters of this head with their shapes.
    public SequencedMap<String, List<Integer>> shapes(int hidden) {
        SequencedMap<String, List<Integer>> shapes = new LinkedHashMap<>();
        switch (this) {
            case TOKENS_ONLY -> {}
            case REWARD, VALUE -> shapes.put(WEIGHT, List.of(1, hidden));
            case STEPS -> {
                shapes.put(WEIGHT, List.of(2, hidden));
                shapes.put(BIAS, List.of(2));
            }
        }
        return shapes;
    }

    /// The head's weights at the start of learning.
    public SequencedMap<String, Weight> start(LoadedModel model) {
        Tensors there = there(model);
        SequencedMap<String, Weight> weights = new LinkedHashMap<>();
        shapes(model.config().hidden())
                .forEach((name, shape) -> weights.put(
                        name,
                        has(there, name, shape)
                                ? there.read(name)
                                : new Weight(shape, new float[Math.toIntExact(Weight.count(shape))])));
        return weights;
    }

    /// Where the tensors of a head of this kind would be.
    private Tensors there(LoadedModel model) {
        Path file = model.directory().path().resolve(VALUE_FILE);
        return this != VALUE
                ? model.tensors()
                : Tensors.of(Files.isRegularFile(file) ? Safetensors.read(file) : Map.of());
    }

    private static boolean has(Tensors tensors, String name, List<Integer> shape) {
        Tensors.Kind kind = tensors.kinds().get(name);
        return kind != null && kind.shape().equals(shape);
    }

    /// The head of a model that was learned.
    ///
    /// @throws dev.hone.run.HoneException if it has no such head
    public SequencedMap<String, Weight> of(LoadedModel model) {
        Tensors there = there(model);
        SequencedMap<String, Weight> weights = new LinkedHashMap<>();
        shapes(model.config().hidden()).forEach((name, shape) -> {
            if (!has(there, name, shape)) {
                throw Fault.data(
                        model.directory().path() + " has no \"" + name + "\" of shape " + shape + ", which "
                                + switch (this) {
                                    case REWARD -> "a reward model";
                                    case STEPS -> "a process reward model";
                                    case VALUE -> "a value head";
                                    case TOKENS_ONLY -> "a model";
                                }
                                + " needs",
                        "learn one with the objective for it, or point to another model");
            }
            weights.put(name, there.read(name));
        });
        return weights;
    }

    /// `config.json` of a model with this head, whatever head the model had before.
    public String config(String config, String file) {
        ObjectNode root = (ObjectNode) Json.object(config, file);
        String decoder = Family.of(root, file).architecture();
        String suffix = switch (this) {
            case TOKENS_ONLY, VALUE -> "ForCausalLM";
            case REWARD -> "ForSequenceClassification";
            case STEPS -> "ForTokenClassification";
        };
        root.putArray("architectures").add(decoder.replaceFirst("For.*$", suffix));
        root.remove(List.of("id2label", "label2id", "num_labels"));
        List<String> labels = switch (this) {
            case TOKENS_ONLY, VALUE -> List.of();
            case REWARD -> List.of("reward");
            case STEPS -> List.of("wrong", "right");
        };
        for (int id = 0; id < labels.size(); id++) {
            root.withObject("id2label").put("" + id, labels.get(id));
            root.withObject("label2id").put(labels.get(id), id);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
