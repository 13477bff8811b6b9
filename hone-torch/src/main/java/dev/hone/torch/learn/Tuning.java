package dev.hone.torch.learn;

import dev.hone.learn.Adaptation;
import dev.hone.run.Seed;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.DirectoryWriter;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.LoraWeights;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PeftFiles;
import dev.hone.torch.model.TaughtFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Which of a model's weights learn, and what becomes of them in the end.
///
/// @param model whose weights these are
/// @param frozen those that do not change
/// @param learning those that do, as they start
public record Tuning(
        LoadedModel model,
        Adaptation adaptation,
        HeadKind head,
        Map<String, Weight> frozen,
        SequencedMap<String, Weight> learning) {

    /// How many numbers do not change and how many do, by shapes alone.
    public record Size(long frozen, long learning) {
        public static Size of(DecoderConfig config, Adaptation adaptation, HeadKind head) {
            long base = count(config.parameters());
            long ofHead = count(head.shapes(config.hidden()));
            return switch (adaptation) {
                case Adaptation.Full() -> new Size(0, base + ofHead);
                case Adaptation.Lora lora -> new Size(base, count(LoraWeights.shapes(lora, config)) + ofHead);
            };
        }

        private static long count(Map<String, List<Integer>> shapes) {
            return shapes.values().stream().mapToLong(Weight::count).sum();
        }
    }

    /// @param seed of an adapter's start
    public static Tuning of(LoadedModel model, Adaptation adaptation, HeadKind head, Seed seed) {
        SequencedMap<String, Weight> base = Parameters.of(model.config(), model.weights());
        SequencedMap<String, Weight> learning = new LinkedHashMap<>();
        Map<String, Weight> frozen = Map.of();
        switch (adaptation) {
            case Adaptation.Full() -> learning.putAll(base);
            case Adaptation.Lora lora -> {
                frozen = base;
                learning.putAll(LoraWeights.start(lora, model.config(), seed.derive("adapter")));
            }
        }
        learning.putAll(head.start(model));
        return new Tuning(model, adaptation, head, frozen, learning);
    }

    public double adapterScale() {
        return switch (adaptation) {
            case Adaptation.Full() -> 1;
            case Adaptation.Lora lora -> lora.scale();
        };
    }

    public double dropout() {
        return switch (adaptation) {
            case Adaptation.Full() -> 0;
            case Adaptation.Lora lora -> lora.dropout();
        };
    }

    /// Writes the model that was learned. An adapter is merged, so that everything that reads a model reads
    /// it, and lies beside in PEFT's form in `adapter/`, where transformers does not look for it unasked.
    ///
    /// @param learned the weights that learned, as they ended
    public ModelDirectory write(Path models, Map<String, Weight> learned) {
        Map<String, String> texts = new TreeMap<>(model.directory().texts());
        texts.computeIfPresent("config.json", (name, config) -> head.config(config, name));
        texts.put(TaughtFormat.FILE, TaughtFormat.json(model.writer().format()));
        SequencedMap<String, Weight> ofHead = new LinkedHashMap<>(learned);
        ofHead.keySet().removeIf(name -> !name.equals(HeadKind.WEIGHT) && !name.equals(HeadKind.BIAS));
        Map<String, Map<String, Weight>> more = new TreeMap<>();
        SequencedMap<String, Weight> whole = switch (adaptation) {
            case Adaptation.Full() -> Parameters.of(model.config(), learned);
            case Adaptation.Lora lora -> {
                texts.put(
                        PeftFiles.FOLDER + PeftFiles.CONFIG,
                        PeftFiles.config(lora, head, model.directory().path().toString()));
                Map<String, Weight> adapter = new LinkedHashMap<>(learned);
                if (head == HeadKind.VALUE) {
                    adapter.keySet().removeAll(ofHead.keySet()); // it is in a file of its own
                }
                more.put(PeftFiles.FOLDER + PeftFiles.WEIGHTS, PeftFiles.named(adapter));
                yield LoraWeights.merged(frozen, learned, LoraWeights.matrices(lora, model.config()), lora.scale());
            }
        };
        switch (head) {
            case TOKENS_ONLY -> {}
            case REWARD, STEPS -> whole.putAll(ofHead);
            case VALUE -> more.put(HeadKind.VALUE_FILE, ofHead);
        }
        return DirectoryWriter.exact().underItsId(models, texts, Tensors.of(whole), more);
    }
}
