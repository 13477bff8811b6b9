package dev.hone.learn;

/// How the terms `u_ij` of token `j` of sample `i` become one loss; `m_ij` is 1 for the tokens that count
/// (objectives card, §7). A batch is the whole of an optimizer step, in however many pieces it is computed.
public sealed interface Aggregation {

    /// `1/B sum_i (sum_j m u / sum_j m)`: GRPO's. Favours long wrong answers.
    record SequenceMean() implements Aggregation {}

    /// `sum m u / sum m` over the accumulated batch: DAPO's.
    record TokenMean() implements Aggregation {}

    /// `sum m u / (B L)`: Dr. GRPO's, to be used with advantages that are not scaled.
    ///
    /// @param tokens `L`, at least 1, such as the most tokens a sample may have
    record ConstantLength(int tokens) implements Aggregation {
        public ConstantLength {
            if (tokens < 1) {
                throw new IllegalArgumentException("tokens must be at least 1 but was " + tokens);
            }
        }
    }

    /// `sum m u / B`: a sum over each sequence.
    record Sum() implements Aggregation {}
}
