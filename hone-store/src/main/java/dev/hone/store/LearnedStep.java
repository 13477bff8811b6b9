package dev.hone.store;

import dev.hone.learn.Learned;

/// What a learning step ended with.
public record LearnedStep(String step, int round, Learned learned) {}
