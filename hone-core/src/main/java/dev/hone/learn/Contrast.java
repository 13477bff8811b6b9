package dev.hone.learn;

/// How the log-ratios `h = log p(y|x) - log p_ref(y|x)` of the chosen (`h_w`) and the rejected (`h_l`)
/// completion become the loss of a pair; `s` is the logistic function, `|y|` counted tokens (objectives
/// card, §2).
public sealed interface Contrast {

    /// DPO: `- log s(beta (h_w - h_l))`.
    record Sigmoid() implements Contrast {}

    /// Length-normalised DPO: `- log s(beta (h_w / |y_w| - h_l / |y_l|))`.
    record MeanSigmoid() implements Contrast {}

    /// cDPO, for labels of which a share is wrong: `- (1 - e) log s(beta d) - e log s(-beta d)` with `d =
    /// h_w - h_l`.
    ///
    /// @param smoothing `e`, in `[0, 0.5)`
    record Conservative(double smoothing) implements Contrast {
        public Conservative {
            Ranges.require(smoothing >= 0 && smoothing < 0.5, "smoothing", "in [0, 0.5)", smoothing);
        }
    }

    /// SLiC: `max(0, 1 - beta (h_w - h_l))`.
    record Hinge() implements Contrast {}

    /// IPO with token means, as its authors confirmed: `(h_w / |y_w| - h_l / |y_l| - 1 / (2 beta))^2`.
    record Ipo() implements Contrast {}
}
