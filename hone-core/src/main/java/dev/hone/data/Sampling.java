package dev.hone.data;

/// How tokens are drawn.
///
/// @param temperature at least 0; 0 takes the likeliest token, ties to the lowest id
/// @param maxTokens of the completion, at least 1, forced tokens not counted
public record Sampling(double temperature, int maxTokens) {

    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be a finite number of at least 0 but was "
                    + temperature + "; 0 is greedy, 1 plain");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1 but was " + maxTokens);
        }
    }

    public static Sampling greedy(int maxTokens) {
        return new Sampling(0, maxTokens);
    }
}
