package dev.hone.method.dsweight;

/// How a sample's loss stands beside that of human answers: steps 4 and 5 of the card.
final class Weight {
    /// Below it a loss counts as this much, so that a text without any loss has a weight.
    private static final double LEAST = 1e-9;

    private Weight() {}

    /// `w'`: the weight under which the sample alone has the mean loss of the human answers. Above 0; above
    /// 1 for a sample that the model finds likelier than those.
    ///
    /// @param valid mean loss of the human answers, nats a token, at least 0
    /// @param loss of the sample, nats a token, at least 0
    static double naive(double valid, double loss) {
        return Math.max(valid, LEAST) / Math.max(loss, LEAST);
    }

    /// `w^DS`: `w'` or one over it, whichever is at least 1, so that both directions count alike. 1 is no
    /// shift.
    static double shift(double valid, double loss) {
        double naive = naive(valid, loss);
        return naive >= 1 ? naive : 1 / naive;
    }
}
