package dev.hone.store;

/// How many samples a step drew.
///
/// @param right those to which a judge of the same step gave a full mark
/// @param kept those that a selector of the same step kept, and none of that step dropped
public record StepCount(String step, int round, long samples, long right, long kept) {}
