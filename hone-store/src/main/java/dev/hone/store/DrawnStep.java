package dev.hone.store;

/// What a step of a method drew.
///
/// @param tokens that a model drew; forced ones are not among them
public record DrawnStep(String step, int round, long samples, long tokens) {

    DrawnStep plus(long more) {
        return new DrawnStep(step, round, samples + 1, tokens + more);
    }
}
