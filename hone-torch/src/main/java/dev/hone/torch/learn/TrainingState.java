package dev.hone.torch.learn;

import dev.hone.run.Folders;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Everything that training changes: weights, both moments, the optimizer's step, and what happened so far.
/// Mutable; one owner.
public final class TrainingState {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FIRST = "first.";
    private static final String SECOND = "second.";
    private static final String WEIGHT = "weight.";
    private static final String FOLDER = "step-";
    private static final String TENSORS = "state.safetensors";
    private static final String FIGURES = "state.json";

    final SequencedMap<String, Weight> weights;
    final Map<String, float[]> first = new LinkedHashMap<>();
    final Map<String, float[]> second = new LinkedHashMap<>();
    private final Map<String, float[]> gradients = new LinkedHashMap<>();
    final List<Double> losses = new ArrayList<>();
    /// Losses on the examples held out, as they were measured.
    final List<Double> heldOut = new ArrayList<>();
    long tokens;
    /// Steps that the moments have seen; more than this training's own if they were carried over.
    long optimizerStep;
    /// The step at which this state was last written or taken over; -1 for never.
    private int kept = -1;

    /// Moments at zero.
    ///
    /// @param learning the weights that learn; owned from now on
    public TrainingState(SequencedMap<String, Weight> learning) {
        weights = learning;
        learning.forEach((name, weight) -> {
            first.put(name, new float[weight.values().length]);
            second.put(name, new float[weight.values().length]);
            gradients.put(name, new float[weight.values().length]);
        });
    }

    /// Those that learn, as they are now; still this object's.
    public SequencedMap<String, Weight> weights() {
        return weights;
    }

    /// Of each step so far.
    public List<Double> losses() {
        return List.copyOf(losses);
    }

    /// How many were learned from so far.
    public long tokens() {
        return tokens;
    }

    /// The present values of a weight, to be written to.
    float[] weight(String name) {
        Weight weight = weights.get(name);
        if (weight == null) {
            throw new IllegalStateException("no weight \"" + name + "\" learns");
        }
        return weight.values();
    }

    /// The gradient of the step at hand.
    public float[] gradient(String name) {
        return moment(gradients, name);
    }

    int step() {
        return losses.size();
    }

    /// Writes this state into `folder/step-n`, beside and renamed, then removes all others. What is there already is
    /// not written again.
    ///
    /// @param fingerprint of what is being trained on what; only the same training may resume
    void save(Path folder, String fingerprint) {
        if (kept == step()) {
            return;
        }
        String name = FOLDER + "%09d".formatted(step());
        Path beside = folder.resolve(name + ".part");
        try {
            Folders.delete(beside);
            Files.createDirectories(beside);
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + beside, broken);
        }
        var tensors = new LinkedHashMap<>(moments());
        weights.forEach((key, weight) -> tensors.put(WEIGHT + key, weight));
        Safetensors.write(beside.resolve(TENSORS), tensors);
        ObjectNode root = JSON.createObjectNode();
        root.put("fingerprint", fingerprint);
        root.put("optimizerStep", optimizerStep);
        root.put("tokens", tokens);
        losses.forEach(root.putArray("losses")::add);
        heldOut.forEach(root.putArray("heldOut")::add);
        SafeFiles.replace(beside.resolve(FIGURES), JSON.writeValueAsString(root));
        SafeFiles.replaceFolder(beside, folder.resolve(name));
        for (Path old : SafeFiles.list(folder)) {
            String other = old.getFileName().toString();
            if (other.startsWith(FOLDER) && !other.equals(name)) {
                SafeFiles.delete(old);
            }
        }
        kept = step();
    }

    private SequencedMap<String, Weight> moments() {
        var tensors = new LinkedHashMap<String, Weight>();
        weights.forEach((key, weight) -> {
            tensors.put(FIRST + key, new Weight(weight.shape(), moment(first, key)));
            tensors.put(SECOND + key, new Weight(weight.shape(), moment(second, key)));
        });
        return tensors;
    }

    float[] moment(Map<String, float[]> moments, String name) {
        float[] values = moments.get(name);
        if (values == null) {
            throw new IllegalStateException("no moments for \"" + name + "\"");
        }
        return values;
    }

    /// Takes over the newest state in `folder` that is whole and of the same training, if there is one. What was cut
    /// while it was deleted lacks a file; what is of other examples or settings is removed by the next save.
    ///
    /// @return whether there was
    boolean resume(Path folder, String fingerprint) {
        for (Path each : SafeFiles.list(folder).reversed()) {
            Path json = each.resolve(FIGURES);
            Path values = each.resolve(TENSORS);
            if (each.getFileName().toString().matches(FOLDER + "\\d{9}")
                    && Files.isRegularFile(json)
                    && Files.isRegularFile(values)) {
                JsonNode root = Json.object(SafeFiles.text(json), json.toString());
                if (root.path("fingerprint").asString("").equals(fingerprint)) {
                    takeOver(root, Safetensors.read(values), json);
                    return true;
                }
            }
        }
        return false;
    }

    private void takeOver(JsonNode root, Map<String, Weight> tensors, Path json) {
        weights.forEach((key, weight) -> copy(tensors, WEIGHT + key, weight.values(), json));
        takeMoments(tensors, json);
        root.path("losses").forEach(loss -> losses.add(loss.asDouble()));
        root.path("heldOut").forEach(loss -> heldOut.add(loss.asDouble()));
        tokens = root.path("tokens").asLong(0);
        optimizerStep = root.path("optimizerStep").asLong(0);
        kept = step();
    }

    /// Keeps the moments beside a finished model, for a later training that carries them over.
    public void saveMoments(Path file) {
        var tensors = new LinkedHashMap<>(moments());
        // A step count is exact in float32 up to 2^24 only; two halves reach 2^48.
        float[] halves = {optimizerStep >>> 24, optimizerStep & 0xffffff};
        tensors.put("optimizerStep", new Weight(List.of(2), halves));
        Safetensors.write(file, tensors);
    }

    public void loadMoments(Path file) {
        Map<String, Weight> tensors = Safetensors.read(file);
        takeMoments(tensors, file);
        float[] halves = new float[2];
        copy(tensors, "optimizerStep", halves, file);
        optimizerStep = ((long) halves[0] << 24) + (long) halves[1];
    }

    private void takeMoments(Map<String, Weight> tensors, Path file) {
        weights.keySet().forEach(key -> {
            copy(tensors, FIRST + key, moment(first, key), file);
            copy(tensors, SECOND + key, moment(second, key), file);
        });
    }

    /// Writes the present weights alone.
    void saveWeights(Path file) {
        Safetensors.write(file, weights);
    }

    /// Takes over weights that [#saveWeights] wrote.
    void loadWeights(Path file) {
        Map<String, Weight> tensors = Safetensors.read(file);
        weights.forEach((key, weight) -> copy(tensors, key, weight.values(), file));
    }

    private static void copy(Map<String, Weight> tensors, String name, float[] to, Path file) {
        Weight weight = tensors.get(name);
        if (weight == null || weight.values().length != to.length) {
            throw Fault.data(
                    file + ": tensor \"" + name + "\": expected " + to.length + " values, got "
                            + (weight == null ? "none" : weight.values().length),
                    "remove the checkpoint to train anew");
        }
        System.arraycopy(weight.values(), 0, to, 0, to.length);
    }
}
