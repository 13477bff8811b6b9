package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.Settings;
import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import java.util.List;

/// The part of a task that may be seen before the exam: its training and its validation problems.
final class Practice {
    private static final Seed VALIDATION = new Seed(0).derive("validation");

    private final Task task;
    private final Settings settings;

    Practice(Task task, Settings settings) {
        this.task = task;
        this.settings = settings;
    }

    /// New problems each round from a task that makes them up; from a file the same ones in a new order.
    List<Problem> train(int round) {
        Seed seed = new Seed(settings.get(Key.SEED)).derive("problems").derive(round);
        return task.problems(Split.TRAIN, settings.get(Key.PROBLEMS), seed);
    }

    /// The same problems in every run, so that runs can be compared.
    List<Problem> validation() {
        return task.problems(Split.VALIDATION, settings.get(Key.VALIDATION_PROBLEMS), VALIDATION);
    }
}
