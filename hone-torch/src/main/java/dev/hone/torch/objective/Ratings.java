package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// KTO (objectives card, §3).
///
/// @param context longest text, in tokens
/// @param references `lp_ref` of the mismatched texts of all batches that will come
record Ratings(Objective.Kto kto, List<Rated> rated, int context, Map<Mismatch, Double> references)
        implements Criterion {

    /// @param promptTokens how many of the text's tokens are its prompt
    /// @param reference `lp_ref` of the text
    record Rated(Text text, int promptTokens, boolean desirable, double weight, double reference) {}

    /// The prompt of one example before the completion of another.
    record Mismatch(int prompt, int completion) {}

    /// @param reference whose `lp_ref` of the mismatched texts is taken
    /// @param batches all that will come
    static Ratings of(
            Objective.Kto kto, List<Rated> rated, int context, List<List<Integer>> batches, Reader reference) {
        SequencedSet<Mismatch> all = new LinkedHashSet<>();
        batches.forEach(batch -> all.addAll(mismatches(batch)));
        List<Readout> read = reference.read(
                all.stream().map(each -> mismatched(rated, each, context)).toList());
        var references = new HashMap<Mismatch, Double>();
        int at = 0;
        for (Mismatch mismatch : all) {
            references.put(mismatch, read.get(at++).sum());
        }
        return new Ratings(kto, rated, context, references);
    }

    /// Every prompt before the completion of the example before it, cyclically.
    private static List<Mismatch> mismatches(List<Integer> batch) {
        List<Mismatch> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            all.add(new Mismatch(batch.get(i), batch.get(Math.floorMod(i - 1, batch.size()))));
        }
        return all;
    }

    /// Cut at the model's context.
    private static Text mismatched(List<Rated> rated, Mismatch mismatch, int context) {
        Rated prompt = rated.get(mismatch.prompt);
        Rated completion = rated.get(mismatch.completion);
        int completionTokens = completion.text.ids().length - completion.promptTokens;
        int size = Math.min(context, prompt.promptTokens + completionTokens);
        int[] ids = Arrays.copyOf(prompt.text.ids(), size);
        float[] weights = new float[size];
        for (int i = prompt.promptTokens; i < size; i++) {
            int from = completion.promptTokens + i - prompt.promptTokens;
            ids[i] = completion.text.ids()[from];
            weights[i] = completion.text.weights()[from];
        }
        return new Text(ids, weights);
    }

    private record Valued(Rated rated, Objective.Kto kto, double baseline, int size) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(rated.text);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double sign = rated.desirable ? 1 : -1;
            double factor = rated.weight * (rated.desirable ? kto.desirable() : kto.undesirable()) / size;
            double ratio = said.getFirst().sum() - rated.reference;
            double value = Logistic.sigmoid(sign * kto.beta() * (ratio - baseline));
            Arrays.fill(slopes.getFirst().logProbs(), -factor * sign * kto.beta() * value * (1 - value));
            return factor * (1 - value);
        }
    }

    @Override
    public int examples() {
        return rated.size();
    }

    @Override
    public List<Text> texts() {
        return rated.stream().map(Rated::text).toList();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        double baseline = baseline(batch, present);
        List<Part> parts = new ArrayList<>();
        for (int example : batch) {
            parts.add(new Valued(rated.get(example), kto, baseline, batch.size()));
        }
        return parts;
    }

    /// `z0`: how far the present weights have moved on completions of other prompts.
    private double baseline(List<Integer> batch, Reader present) {
        List<Mismatch> mismatches = mismatches(batch);
        List<Readout> read = present.read(mismatches.stream()
                .map(each -> mismatched(rated, each, context))
                .toList());
        double sum = 0;
        for (int i = 0; i < read.size(); i++) {
            Double reference = references.get(mismatches.get(i));
            if (reference == null) {
                throw new IllegalArgumentException("batch " + batch + " was not announced");
            }
            sum += read.get(i).sum() - reference;
        }
        return Math.max(0, sum / batch.size());
    }
}
