package dev.hone.method.dsweight;

import dev.hone.judge.Judge;

/// Which samples that most others agree with are learned from. Each but [Everything] and [Reweighted] ranks
/// all of them together and keeps the same share, so that they can be compared.
public sealed interface Filter {

    /// IWSI: those whose DS weight is lowest.
    record Shift() implements Filter {}

    /// LMSI: all of them (Huang et al. 2022, arXiv:2210.11610).
    record Everything() implements Filter {}

    /// IWSI-w: all of them, each with the weight `min(w', cap)` in the loss.
    ///
    /// @param cap `C`, above 0; 2 in the released code
    record Reweighted(double cap) implements Filter {
        public Reweighted {
            if (!(cap > 0) || Double.isInfinite(cap)) {
                throw new IllegalArgumentException("cap must be a finite number above 0 but was " + cap);
            }
        }
    }

    /// A control: any, drawn by the seed.
    record Chance() implements Filter {}

    /// An ablation that must lose: those whose DS weight is highest.
    record Worst() implements Filter {}

    /// An ablation: those whose loss is lowest; what is likelier than human answers stays.
    record LowLoss() implements Filter {}

    /// An ablation: those whose loss is highest; what is less likely than human answers stays.
    record HighLoss() implements Filter {}

    /// Those of the questions whose answers agree most: the entropy filter of MoT (Li and Qiu 2023,
    /// arXiv:2305.05181).
    record Agreement() implements Filter {}

    /// Those that a judge finds best: the self-filter with [SelfRating], or a reward model.
    record Rated(Judge judge) implements Filter {}
}
