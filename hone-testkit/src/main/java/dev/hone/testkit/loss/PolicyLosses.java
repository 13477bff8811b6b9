package dev.hone.testkit.loss;

import dev.hone.learn.Aggregation;
import dev.hone.learn.Clip;
import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.List;

/// Losses that reinforce samples (objectives card, §7 to §9; card latro).
public final class PolicyLosses {
    private PolicyLosses() {}

    /// A sample.
    ///
    /// @param logProbs of its counted tokens under the weights of the moment, nats
    /// @param old the same when learning began
    /// @param reference the same under the reference
    /// @param values of a value head before each token; empty without one
    /// @param oldValues the same when learning began
    public record Rollout(
            double reward,
            List<Double> logProbs,
            List<Double> old,
            List<Double> reference,
            List<Double> values,
            List<Double> oldValues) {}

    static double mean(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }

    /// With Bessel's correction; 0 for one value.
    static double deviation(List<Double> values) {
        double squares = 0;
        for (double value : values) {
            squares += Math.pow(value - mean(values), 2);
        }
        return values.size() == 1 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }

    static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// GRPO's advantages of one group.
    ///
    /// @param all rewards of the whole batch
    public static List<Double> advantages(Objective.Grpo.Advantages kind, List<Double> group, List<Double> all) {
        return group.stream()
                .map(reward -> switch (kind) {
                    case GROUP_STD -> (reward - mean(group)) / (deviation(group) + 1e-4);
                    case BATCH_STD -> (reward - mean(group)) / (deviation(all) + 1e-4);
                    case UNSCALED -> reward - mean(group);
                    case AS_GIVEN -> reward;
                })
                .toList();
    }

    /// RLOO's advantages of one group of at least two.
    public static List<Double> leaveOneOut(List<Double> group) {
        List<Double> advantages = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            List<Double> others = new ArrayList<>(group);
            others.remove(i);
            advantages.add(group.get(i) - mean(others));
        }
        return advantages;
    }

    /// The estimate of a divergence from one token, never below 0.
    public static double k3(double logProb, double reference) {
        return Math.exp(reference - logProb) - (reference - logProb) - 1;
    }

    static double clipped(double ratio, double advantage, Clip clip) {
        double held = Math.min(Math.max(ratio, 1 - clip.low()), 1 + clip.high());
        return -Math.min(ratio * advantage, held * advantage);
    }

    /// The loss of a batch.
    public static double grpo(Objective.Grpo grpo, List<List<Rollout>> groups) {
        List<Rollout> all = groups.stream().flatMap(List::stream).toList();
        List<Double> rewards = all.stream().map(Rollout::reward).toList();
        double sum = 0;
        double tokens = all.stream().mapToInt(each -> each.logProbs.size()).sum();
        for (List<Rollout> group : groups) {
            List<Double> advantages = advantages(
                    grpo.advantages(), group.stream().map(Rollout::reward).toList(), rewards);
            for (int i = 0; i < group.size(); i++) {
                double terms = terms(grpo, group.get(i), advantages.get(i));
                int length = group.get(i).logProbs.size();
                sum += switch (grpo.aggregation()) {
                    case Aggregation.SequenceMean() -> terms / length / all.size();
                    case Aggregation.TokenMean() -> terms / tokens;
                    case Aggregation.ConstantLength(int constant) -> terms / (all.size() * (double) constant);
                    case Aggregation.Sum() -> terms / all.size();
                };
            }
        }
        return sum;
    }

    private static double terms(Objective.Grpo grpo, Rollout rollout, double advantage) {
        int length = rollout.logProbs.size();
        double mean = (sum(rollout.logProbs) - sum(rollout.old)) / length;
        double sum = 0;
        for (int j = 0; j < length; j++) {
            double ratio = switch (grpo.ratio()) {
                case TOKEN -> Math.exp(rollout.logProbs.get(j) - rollout.old.get(j));
                case SEQUENCE -> Math.exp(mean);
            };
            sum += clipped(ratio, advantage, grpo.clip())
                    + grpo.kl() * k3(rollout.logProbs.get(j), rollout.reference.get(j));
        }
        return sum;
    }

    /// The loss of a batch.
    public static double rloo(Objective.Rloo rloo, List<List<Rollout>> groups) {
        double sum = 0;
        int samples = 0;
        for (List<Rollout> group : groups) {
            List<Double> advantages = leaveOneOut(group.stream()
                    .map(each -> each.reward - rloo.kl() * (sum(each.old) - sum(each.reference)))
                    .toList());
            for (int i = 0; i < group.size(); i++) {
                double ratio = Math.exp(sum(group.get(i).logProbs) - sum(group.get(i).old));
                sum += clipped(ratio, advantages.get(i), rloo.clip());
                samples++;
            }
        }
        return sum / samples;
    }

    /// The loss of a batch.
    public static double relativeReward(Objective.RelativeReward objective, List<List<Rollout>> groups) {
        List<Double> losses = new ArrayList<>();
        for (List<Rollout> group : groups) {
            List<Double> pairs = new ArrayList<>();
            for (int i = 0; i < group.size(); i++) {
                for (int j = i + 1; j < group.size(); j++) {
                    Rollout one = group.get(i);
                    Rollout other = group.get(j);
                    double wanted = one.reward - other.reward;
                    double got = objective.beta() * (sum(one.logProbs) - sum(one.reference))
                            - objective.beta() * (sum(other.logProbs) - sum(other.reference));
                    pairs.add(Math.pow(got - wanted, 2));
                }
            }
            losses.add((pairs.isEmpty() ? 0 : mean(pairs)) + objective.exploration() * sum(group.getLast().logProbs));
        }
        return mean(losses);
    }

    /// Generalised advantage estimates of one sample.
    ///
    /// @param rewards one a token
    /// @param values before each token; 0 beyond the end
    public static List<Double> estimates(List<Double> rewards, List<Double> values, double gamma, double lambda) {
        List<Double> estimates = new ArrayList<>();
        for (int j = 0; j < rewards.size(); j++) {
            double estimate = 0;
            for (int k = j; k < rewards.size(); k++) {
                double next = k + 1 < values.size() ? values.get(k + 1) : 0;
                estimate += Math.pow(gamma * lambda, k - j) * (rewards.get(k) + gamma * next - values.get(k));
            }
            estimates.add(estimate);
        }
        return estimates;
    }

    /// The loss of a batch.
    public static double ppo(Objective.Ppo ppo, List<Rollout> batch) {
        List<List<Double>> estimates =
                batch.stream().map(each -> estimates(ppo, each)).toList();
        List<Double> all = estimates.stream().flatMap(List::stream).toList();
        double loss = 0;
        for (int i = 0; i < batch.size(); i++) {
            Rollout each = batch.get(i);
            for (int j = 0; j < each.logProbs.size(); j++) {
                double estimate = estimates.get(i).get(j);
                double white = (estimate - mean(all)) / (deviation(all) + 1e-8);
                double old = each.oldValues.get(j);
                double target = estimate + old;
                double value = each.values.get(j);
                double held = Math.min(Math.max(value, old - ppo.valueClip()), old + ppo.valueClip());
                loss += clipped(Math.exp(each.logProbs.get(j) - each.old.get(j)), white, ppo.clip());
                loss += ppo.valueWeight() * 0.5 * Math.max(Math.pow(value - target, 2), Math.pow(held - target, 2));
            }
        }
        return loss / all.size();
    }

    private static List<Double> estimates(Objective.Ppo ppo, Rollout rollout) {
        List<Double> rewards = new ArrayList<>();
        for (int j = 0; j < rollout.old.size(); j++) {
            double divergence = rollout.old.get(j) - rollout.reference.get(j);
            rewards.add(-ppo.kl() * divergence + (j == rollout.old.size() - 1 ? rollout.reward : 0));
        }
        return estimates(rewards, rollout.oldValues, ppo.gamma(), ppo.lambda());
    }

    /// A rationale with what it does for the answer, sums over tokens, in nats.
    ///
    /// @param rationale `log p(z | x)` of the moment
    /// @param answer `log p(y | x z)` of the moment
    /// @param reference `log p_ref(z | x)`
    public record Thought(double rationale, double answer, double reference, boolean isFinished) {}

    /// LaTRO's rewards of a batch, group by group.
    public static List<List<Double>> latroRewards(Objective.Latro latro, List<List<Thought>> groups) {
        double mean = groups.stream()
                .flatMap(List::stream)
                .mapToDouble(Thought::answer)
                .average()
                .orElseThrow();
        return groups.stream()
                .map(group -> group.stream()
                        .map(each -> (each.isFinished ? each.answer : latro.unfinished() * mean)
                                - latro.kl() * (each.rationale - each.reference))
                        .toList())
                .toList();
    }

    /// LaTRO's loss of a batch, given rewards that are held fixed.
    public static double latro(Objective.Latro latro, List<List<Thought>> groups, List<List<Double>> rewards) {
        double sum = 0;
        int count = 0;
        for (int group = 0; group < groups.size(); group++) {
            List<Double> advantages = latro.baseline() == Objective.Latro.Baseline.OTHERS
                    ? leaveOneOut(rewards.get(group))
                    : rewards.get(group);
            for (int k = 0; k < groups.get(group).size(); k++) {
                Thought each = groups.get(group).get(k);
                sum -= latro.rationaleWeight() * advantages.get(k) * each.rationale
                        + latro.answerWeight() * each.answer;
                count++;
            }
        }
        return sum / count;
    }
}
