package dev.hone.app.wiring;

import dev.hone.task.Gold;

/// What a task knows of its training problems.
///
/// @param answers without the way to them
/// @param solutions worked answers
public record Known(Gold answers, Gold solutions) {}
