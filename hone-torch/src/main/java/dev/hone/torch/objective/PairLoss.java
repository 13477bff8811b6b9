package dev.hone.torch.objective;

import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;

/// The loss of one pair and its derivatives by the sums of log-probabilities.
///
/// @param byChosen derivative by `lp(y_w)`
/// @param byRejected derivative by `lp(y_l)`
public record PairLoss(double loss, double byChosen, double byRejected) {

    /// One side.
    ///
    /// @param logProb `lp(y)`, nats
    /// @param reference `lp_ref(y)`, nats; not read by losses without a reference
    /// @param tokens that count, at least 1
    public record Side(double logProb, double reference, int tokens) {
        double ratio() {
            return logProb - reference;
        }

        double meanRatio() {
            return ratio() / tokens;
        }

        double mean() {
            return logProb / tokens;
        }
    }

    private static PairLoss means(double loss, double byMean, Side chosen, Side rejected) {
        return new PairLoss(loss, byMean / chosen.tokens, -byMean / rejected.tokens);
    }

    private static PairLoss sums(double loss, double byDifference) {
        return new PairLoss(loss, byDifference, -byDifference);
    }

    private PairLoss plusLikelihood(double weight, Side chosen, double tokens) {
        return new PairLoss(loss - weight * chosen.logProb / tokens, byChosen - weight / tokens, byRejected);
    }

    /// @param tokensPerPair counted tokens of the batch's chosen sides over its pairs
    static PairLoss of(Objective.Dpo dpo, Side chosen, Side rejected, double tokensPerPair) {
        PairLoss contrast = contrast(dpo.contrast(), dpo.beta(), chosen, rejected);
        ChosenLikelihood likelihood = dpo.likelihood();
        return switch (likelihood.mean()) {
            case PAIR -> contrast.plusLikelihood(likelihood.weight(), chosen, chosen.tokens);
            case TOKEN -> contrast.plusLikelihood(likelihood.weight(), chosen, tokensPerPair);
        };
    }

    private static PairLoss contrast(Contrast contrast, double beta, Side chosen, Side rejected) {
        double sums = beta * (chosen.ratio() - rejected.ratio());
        double means = chosen.meanRatio() - rejected.meanRatio();
        return switch (contrast) {
            case Contrast.Sigmoid() -> sums(-Logistic.logSigmoid(sums), -beta * Logistic.sigmoid(-sums));
            case Contrast.MeanSigmoid() ->
                means(-Logistic.logSigmoid(beta * means), -beta * Logistic.sigmoid(-beta * means), chosen, rejected);
            case Contrast.Conservative(double smoothing) ->
                sums(
                        -(1 - smoothing) * Logistic.logSigmoid(sums) - smoothing * Logistic.logSigmoid(-sums),
                        beta * (smoothing * Logistic.sigmoid(sums) - (1 - smoothing) * Logistic.sigmoid(-sums)));
            case Contrast.Hinge() -> sums(Math.max(0, 1 - sums), sums < 1 ? -beta : 0);
            case Contrast.Ipo() -> {
                double off = means - 1 / (2 * beta);
                yield means(off * off, 2 * off, chosen, rejected);
            }
        };
    }

    static PairLoss of(Objective.SimPo simPo, Side chosen, Side rejected) {
        double margin = simPo.beta() * (chosen.mean() - rejected.mean()) - simPo.gamma();
        return means(-Logistic.logSigmoid(margin), -simPo.beta() * Logistic.sigmoid(-margin), chosen, rejected);
    }

    static PairLoss of(Objective.Orpo orpo, Side chosen, Side rejected) {
        double odds = Logistic.logOdds(chosen.mean()) - Logistic.logOdds(rejected.mean());
        double byOdds = -orpo.beta() * Logistic.sigmoid(-odds);
        return new PairLoss(
                        -orpo.beta() * Logistic.logSigmoid(odds),
                        byOdds * Logistic.logOddsSlope(chosen.mean()) / chosen.tokens,
                        -byOdds * Logistic.logOddsSlope(rejected.mean()) / rejected.tokens)
                .plusLikelihood(1, chosen, chosen.tokens);
    }
}
