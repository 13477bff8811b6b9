package dev.hone.torch.objective;

/// A rollout in the engine's terms.
///
/// @param text the model's own tokens count, at the sampling temperature; with a value head it is read
///     before each of them
/// @param old what the weights at the start made of it
/// @param reference `l_ref` of each counted token; those of `old` if the loss has no reference
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record Drawn(Text text, double reward, Readout old, double[] reference) {

    int tokens() {
        return text.counted();
    }

    /// `sum_j (l_old - l_ref)`, nats.
    double divergence() {
        double sum = 0;
        for (int j = 0; j < reference.length; j++) {
            sum += old.logProbs()[j] - reference[j];
        }
        return sum;
    }
}
