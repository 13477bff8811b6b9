package dev.hone.torch.objective;

/// What a model says of a text, or the derivative of a loss by it.
///
/// @param logProbs of its counted tokens in order, nats
/// @param values of a head at each place that it reads, place by place
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
public record Readout(double[] logProbs, double[] values) {

    /// All zero.
    public static Readout zero(Text text, int outputs) {
        return new Readout(new double[text.counted()], new double[text.reads().length * outputs]);
    }

    /// Of the whole text, in nats.
    public double sum() {
        double sum = 0;
        for (double logProb : logProbs) {
            sum += logProb;
        }
        return sum;
    }
}
