package dev.hone.torch;

import dev.hone.torch.model.Distance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Preference losses from log-probabilities, in plain `double`, a pair at a time.
///
/// @param chosen of the model that learned: `[pairs][tokens]`, nats
/// @param referenceChosen of the model before
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record PreferenceParity(
        double[][] chosen, double[][] rejected, double[][] referenceChosen, double[][] referenceRejected) {

    List<Parity.Line> lines(ExpectedFile expected, double bound) {
        double beta = expected.number("preference.beta");
        List<Parity.Line> lines = new ArrayList<>();
        logProbs(lines, expected, "chosen_logps_policy", chosen, bound);
        logProbs(lines, expected, "rejected_logps_policy", rejected, bound);
        logProbs(lines, expected, "chosen_logps_reference", referenceChosen, bound);
        logProbs(lines, expected, "rejected_logps_reference", referenceRejected, bound);
        losses(lines, expected, "dpo_sigmoid", i -> softplus(-beta * margin(i)), bound);
        losses(lines, expected, "dpo_hinge", i -> Math.max(0, 1 - beta * margin(i)), bound);
        losses(lines, expected, "dpo_ipo_length_normalised", i -> square(meanMargin(i) - 1 / (2 * beta)), bound);
        losses(
                lines,
                expected,
                "simpo_beta2_gamma1",
                i -> softplus(1 - 2 * (mean(chosen[i]) - mean(rejected[i]))),
                bound);
        losses(lines, expected, "orpo_log_odds", i -> softplus(logOdds(rejected[i]) - logOdds(chosen[i])), bound);
        return lines;
    }

    private static void logProbs(
            List<Parity.Line> lines, ExpectedFile expected, String name, double[][] got, double bound) {
        double[] wanted = expected.numbers("preference." + name);
        double[] sums = new double[got.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sum(got[i]);
        }
        check(expected, name, wanted, sums.length);
        lines.add(new Parity.Line(
                name.replace('_', ' ').replace("logps", "log-probabilities,") + ", relative",
                Distance.relative(new double[][] {wanted}, new double[][] {sums}),
                bound));
    }

    private void losses(
            List<Parity.Line> lines, ExpectedFile expected, String name, IntToDoubleFunction loss, double bound) {
        double[] wanted = expected.numbers("preference." + name);
        check(expected, name, wanted, chosen.length);
        double off = 0;
        for (int i = 0; i < wanted.length; i++) {
            off = Math.max(off, Math.abs(loss.applyAsDouble(i) - wanted[i])); // NaN wins
        }
        lines.add(new Parity.Line("loss " + name.replace('_', ' '), off, bound));
    }

    private static void check(ExpectedFile expected, String name, double[] wanted, int pairs) {
        if (wanted.length != pairs) {
            throw expected.wrong(
                    "\"preference." + name + "\" has " + wanted.length + " numbers for " + pairs + " pairs");
        }
    }

    private double margin(int i) {
        return sum(chosen[i]) - sum(referenceChosen[i]) - (sum(rejected[i]) - sum(referenceRejected[i]));
    }

    private double meanMargin(int i) {
        return mean(chosen[i]) - mean(referenceChosen[i]) - (mean(rejected[i]) - mean(referenceRejected[i]));
    }

    /// `log(p / (1 - p))` of the geometric mean of the tokens' probabilities.
    private static double logOdds(double[] logProbs) {
        double mean = mean(logProbs);
        return mean - Math.log1p(-Math.exp(mean));
    }

    /// `log(1 + e^x)`, which is `-log sigmoid(-x)`.
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double square(double x) {
        return x * x;
    }

    private static double mean(double[] values) {
        return sum(values) / values.length;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
