package dev.hone.torch.objective;

/// Generalised advantage estimation (Schulman et al. 2016; objectives card, §9).
///
/// @param advantages `A_j = delta_j + gamma lambda A_{j+1}`, `delta_j = R_j + gamma V_{j+1} - V_j`, `V`
///     beyond the end 0
/// @param targets `A_j + V_j`
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record Estimate(double[] advantages, double[] targets) {

    static Estimate of(double[] rewards, double[] values, double gamma, double lambda) {
        double[] advantages = new double[rewards.length];
        double[] targets = new double[rewards.length];
        double next = 0;
        double nextValue = 0;
        for (int j = rewards.length - 1; j >= 0; j--) {
            next = rewards[j] + gamma * nextValue - values[j] + gamma * lambda * next;
            nextValue = values[j];
            advantages[j] = next;
            targets[j] = next + values[j];
        }
        return new Estimate(advantages, targets);
    }
}
