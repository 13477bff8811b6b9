package dev.hone.data;

import java.util.List;

/// How tokens are drawn. Log-probabilities of what was drawn are always the model's own, at temperature 1 and
/// without any warping or constraint.
///
/// @param temperature at least 0; 0 takes the likeliest token, ties to the lowest id
/// @param maxTokens of the completion, at least 1, forced tokens not counted; after a forced prefix fewer, where the
///     model's context has no room for as many
/// @param stops a completion ends when the first of these is complete in its text; the text ends before it,
///     the tokens stay up to the one that completed it (who imitates them learns the string, and the end
///     after it)
/// @param constraint on the whole text, forced tokens included
public record Sampling(double temperature, int maxTokens, Warping warping, List<String> stops, Constraint constraint) {

    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be a finite number of at least 0 but was "
                    + temperature + "; 0 is greedy, 1 plain");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1 but was " + maxTokens);
        }
        stops = List.copyOf(stops);
        if (stops.contains("")) {
            throw new IllegalArgumentException("a stop string must have at least one character but one is empty");
        }
    }

    /// The model's own distribution, to its own end.
    public Sampling(double temperature, int maxTokens) {
        this(temperature, maxTokens, Warping.NONE, List.of(), new Constraint.Free());
    }

    public static Sampling greedy(int maxTokens) {
        return new Sampling(0, maxTokens);
    }

    public Sampling with(Warping newWarping) {
        return new Sampling(temperature, maxTokens, newWarping, stops, constraint);
    }

    public Sampling with(Constraint newConstraint) {
        return new Sampling(temperature, maxTokens, warping, stops, newConstraint);
    }

    public Sampling stoppingAt(String... strings) {
        return new Sampling(temperature, maxTokens, warping, List.of(strings), constraint);
    }
}
