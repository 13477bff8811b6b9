package dev.hone.torch.objective;

/// Stable forms of the functions that losses are made of.
public final class Logistic {
    /// The largest mean log-probability that odds are taken of: at 0 they are infinite.
    private static final double HIGHEST_MEAN = -1e-6;

    private Logistic() {}

    /// `s(x) = 1 / (1 + e^-x)`.
    public static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /// `log s(x)`.
    static double logSigmoid(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// Log-odds of an event of log-probability `a`: `a - log(1 - e^a)`.
    static double logOdds(double a) {
        double held = Math.min(a, HIGHEST_MEAN);
        return held - Math.log(-Math.expm1(held));
    }

    /// The derivative of [#logOdds]; 0 where it is held.
    static double logOddsSlope(double a) {
        return a > HIGHEST_MEAN ? 0 : -1 / Math.expm1(a);
    }
}
