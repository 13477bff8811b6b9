package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// LaTRO (card latro), for which see [Objective.Latro].
///
/// @param groups rationales by problem, at least two each
record LatentReasoning(Objective.Latro latro, List<List<Thought>> groups) implements Criterion {

    /// @param text prompt, rationale, answer; rationale and answer count
    /// @param rationaleTokens how many of the counted tokens are the rationale's
    /// @param reference `log p_ref(z | x)`, nats
    record Thought(Text text, int rationaleTokens, boolean isFinished, double reference) {

        /// @param reference what the reference says of the text
        static Thought of(Text text, int rationaleTokens, boolean isFinished, Readout reference) {
            return new Thought(text, rationaleTokens, isFinished, sum(reference, 0, rationaleTokens));
        }

        double rationale(Readout said) {
            return sum(said, 0, rationaleTokens);
        }

        double answer(Readout said) {
            return sum(said, rationaleTokens, said.logProbs().length);
        }

        private static double sum(Readout said, int from, int to) {
            return Arrays.stream(said.logProbs(), from, to).sum();
        }
    }

    private record Weighed(Thought thought, double rationaleWeight, double answerWeight, int thoughts) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(thought.text);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double[] slope = slopes.getFirst().logProbs();
            Arrays.fill(slope, 0, thought.rationaleTokens, -rationaleWeight / thoughts);
            Arrays.fill(slope, thought.rationaleTokens, slope.length, -answerWeight / thoughts);
            return -(rationaleWeight * thought.rationale(said.getFirst())
                            + answerWeight * thought.answer(said.getFirst()))
                    / thoughts;
        }
    }

    @Override
    public int examples() {
        return groups.size();
    }

    @Override
    public List<Text> texts() {
        return groups.stream().flatMap(List::stream).map(Thought::text).toList();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        List<Thought> thoughts =
                batch.stream().flatMap(group -> groups.get(group).stream()).toList();
        List<Readout> said = present.read(thoughts.stream().map(Thought::text).toList());
        List<Double> rewards = rewards(thoughts, said);
        List<Part> parts = new ArrayList<>();
        for (int group : batch) {
            int from = parts.size();
            int size = groups.get(group).size();
            List<Double> own = rewards.subList(from, from + size);
            List<Double> advantages = switch (latro.baseline()) {
                case OTHERS -> Advantages.leaveOneOut(own);
                case NONE -> own;
            };
            for (int k = 0; k < size; k++) {
                parts.add(new Weighed(
                        thoughts.get(from + k),
                        latro.rationaleWeight() * advantages.get(k),
                        latro.answerWeight(),
                        thoughts.size()));
            }
        }
        return parts;
    }

    private List<Double> rewards(List<Thought> thoughts, List<Readout> said) {
        List<Double> answers = new ArrayList<>();
        for (int k = 0; k < thoughts.size(); k++) {
            answers.add(thoughts.get(k).answer(said.get(k)));
        }
        double unfinished = latro.unfinished() * Advantages.mean(answers);
        List<Double> rewards = new ArrayList<>();
        for (int k = 0; k < thoughts.size(); k++) {
            Thought thought = thoughts.get(k);
            double divergence = thought.rationale(said.get(k)) - thought.reference;
            rewards.add((thought.isFinished ? answers.get(k) : unfinished) - latro.kl() * divergence);
        }
        return rewards;
    }
}
