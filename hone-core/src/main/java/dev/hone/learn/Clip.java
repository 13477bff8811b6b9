package dev.hone.learn;

/// How far a probability ratio may move a loss: it counts within `[1 - low, 1 + high]` only.
///
/// @param low in `[0, 1]`
/// @param high at least 0; DAPO takes more than `low`
public record Clip(double low, double high) {

    public Clip {
        Ranges.share("clip low", low);
        Ranges.notNegative("clip high", high);
    }

    public static Clip symmetric(double epsilon) {
        return new Clip(epsilon, epsilon);
    }
}
