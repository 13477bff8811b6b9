package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.List;

/// PPO with a value head (objectives card, §9), for which see [Objective.Ppo]. Means run over the batch's
/// tokens.
///
/// @param groups rollouts by problem, each read before every counted token
record ActorCritic(Objective.Ppo ppo, List<List<Drawn>> groups) implements OnRollouts {

    /// @param advantages whitened
    /// @param tokens of the batch
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    private record Weighed(Drawn drawn, double[] advantages, double[] targets, Objective.Ppo ppo, int tokens)
            implements Part {
        @Override
        public List<Text> texts() {
            return List.of(drawn.text());
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double loss = 0;
            for (int j = 0; j < advantages.length; j++) {
                double ratio =
                        Math.exp(said.getFirst().logProbs()[j] - drawn.old().logProbs()[j]);
                loss -= Surrogate.value(ratio, advantages[j], ppo.clip()) / tokens;
                slopes.getFirst().logProbs()[j] = -Surrogate.slope(ratio, advantages[j], ppo.clip()) / tokens;
                double value = said.getFirst().values()[j];
                loss += ppo.valueWeight() * valueLoss(value, j) / tokens;
                slopes.getFirst().values()[j] = ppo.valueWeight() * valueSlope(value, j) / tokens;
            }
            return loss;
        }

        private double held(double value, int j) {
            double old = drawn.old().values()[j];
            return Math.clamp(value, old - ppo.valueClip(), old + ppo.valueClip());
        }

        private double valueLoss(double value, int j) {
            double off = value - targets[j];
            double heldOff = held(value, j) - targets[j];
            return 0.5 * Math.max(off * off, heldOff * heldOff);
        }

        /// 0 where the held value is the farther one: it does not move.
        private double valueSlope(double value, int j) {
            return Math.abs(held(value, j) - targets[j]) > Math.abs(value - targets[j]) ? 0 : value - targets[j];
        }
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        List<Drawn> drawn =
                batch.stream().flatMap(group -> groups.get(group).stream()).toList();
        List<Estimate> estimates = drawn.stream().map(this::estimate).toList();
        List<Double> all = new ArrayList<>();
        for (Estimate estimate : estimates) {
            for (double advantage : estimate.advantages()) {
                all.add(advantage);
            }
        }
        double mean = Advantages.mean(all);
        double deviation = Advantages.deviation(all);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            double[] whitened = estimates.get(i).advantages().clone();
            for (int j = 0; j < whitened.length; j++) {
                whitened[j] = (whitened[j] - mean) / (deviation + 1e-8);
            }
            parts.add(new Weighed(drawn.get(i), whitened, estimates.get(i).targets(), ppo, all.size()));
        }
        return parts;
    }

    private Estimate estimate(Drawn drawn) {
        double[] rewards = new double[drawn.tokens()];
        for (int j = 0; j < rewards.length; j++) {
            rewards[j] = -ppo.kl() * (drawn.old().logProbs()[j] - drawn.reference()[j]);
        }
        rewards[rewards.length - 1] += drawn.reward();
        return Estimate.of(rewards, drawn.old().values(), ppo.gamma(), ppo.lambda());
    }
}
