package dev.hone.testkit.loss;

import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import java.util.List;

/// Losses on completions that were preferred, or called desirable (objectives card, §2 to §5).
public final class PreferenceLosses {
    private PreferenceLosses() {}

    /// A completion.
    ///
    /// @param logProb sum over its counted tokens, nats
    /// @param reference the same under the reference
    /// @param tokens how many count
    public record Completion(double logProb, double reference, int tokens) {
        double ratio() {
            return logProb - reference;
        }
    }

    /// A chosen and a rejected completion.
    public record Pair(Completion chosen, Completion rejected) {}

    static double logSigmoid(double x) {
        return -Math.log(1 + Math.exp(-x));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// The loss of a batch.
    public static double dpo(Objective.Dpo dpo, List<Pair> batch) {
        ChosenLikelihood likelihood = dpo.likelihood();
        double contrast = 0;
        double perPair = 0;
        double sum = 0;
        double tokens = 0;
        for (Pair pair : batch) {
            contrast += contrast(dpo.contrast(), dpo.beta(), pair) / batch.size();
            perPair -= pair.chosen.logProb / pair.chosen.tokens / batch.size();
            sum -= pair.chosen.logProb;
            tokens += pair.chosen.tokens;
        }
        double negative = switch (likelihood.mean()) {
            case PAIR -> perPair;
            case TOKEN -> sum / tokens;
        };
        return contrast + likelihood.weight() * negative;
    }

    /// The loss of one pair.
    public static double contrast(Contrast contrast, double beta, Pair pair) {
        double d = pair.chosen.ratio() - pair.rejected.ratio();
        double mean = pair.chosen.ratio() / pair.chosen.tokens - pair.rejected.ratio() / pair.rejected.tokens;
        return switch (contrast) {
            case Contrast.Sigmoid() -> -logSigmoid(beta * d);
            case Contrast.MeanSigmoid() -> -logSigmoid(beta * mean);
            case Contrast.Conservative(double e) -> -(1 - e) * logSigmoid(beta * d) - e * logSigmoid(-beta * d);
            case Contrast.Hinge() -> Math.max(0, 1 - beta * d);
            case Contrast.Ipo() -> Math.pow(mean - 1 / (2 * beta), 2);
        };
    }

    /// The loss of one pair.
    public static double simPo(Objective.SimPo simPo, Pair pair) {
        double mean = pair.chosen.logProb / pair.chosen.tokens - pair.rejected.logProb / pair.rejected.tokens;
        return -logSigmoid(simPo.beta() * mean - simPo.gamma());
    }

    /// The log of how many times likelier the odds of the chosen side are.
    public static double logOddsRatio(Pair pair) {
        double chosen = pair.chosen.logProb / pair.chosen.tokens;
        double rejected = pair.rejected.logProb / pair.rejected.tokens;
        return chosen - rejected - (Math.log(1 - Math.exp(chosen)) - Math.log(1 - Math.exp(rejected)));
    }

    /// The loss of one pair.
    public static double orpo(Objective.Orpo orpo, Pair pair) {
        return -pair.chosen.logProb / pair.chosen.tokens - orpo.beta() * logSigmoid(logOddsRatio(pair));
    }

    /// The baseline of KTO.
    ///
    /// @param mismatched completions under the prompts of others
    public static double ktoBaseline(List<Completion> mismatched) {
        return Math.max(
                0, mismatched.stream().mapToDouble(Completion::ratio).average().orElseThrow());
    }

    /// The loss of one example.
    ///
    /// @param baseline `z0`
    public static double kto(Objective.Kto kto, boolean isDesirable, Completion completion, double baseline) {
        double h = completion.ratio();
        return isDesirable
                ? kto.desirable() * (1 - sigmoid(kto.beta() * (h - baseline)))
                : kto.undesirable() * (1 - sigmoid(kto.beta() * (baseline - h)));
    }
}
