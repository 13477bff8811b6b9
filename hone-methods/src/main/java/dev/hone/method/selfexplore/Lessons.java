package dev.hone.method.selfexplore;

import dev.hone.learn.Objective;
import dev.hone.learn.Training;

/// How the two models are learned.
///
/// @param solutions the first model, from right solutions
/// @param pairs the second model, from preferences
/// @param objective of the second
public record Lessons(Training solutions, Training pairs, Objective.Dpo objective) {}
