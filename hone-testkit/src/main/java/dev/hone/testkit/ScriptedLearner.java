package dev.hone.testkit;

import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A learner that writes down what it was asked to learn. The model that it returns is named after all
/// that it was made of, so that equal work gives equal models and other work others.
public final class ScriptedLearner implements Learner {

    /// One call.
    public record Lesson(
            Start start, Examples examples, Objective<?> objective, Training training, String step, int round) {}

    private final List<Lesson> lessons = new ArrayList<>();
    private final List<Model> released = new ArrayList<>();

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there is nothing to learn from; give at least one example");
        }
        lessons.add(new Lesson(start, examples, objective, training, step.name(), step.round()));
        String id = "m"
                + Long.toHexString(new Seed(0)
                        .derive(start.weights().id()
                                + start.optimizer()
                                + start.reference().id())
                        .derive(examples.all().toString())
                        .derive(objective.toString())
                        .derive(training.toString())
                        .value());
        Lineage lineage = new Lineage.Learned(start.weights().id(), step.run(), step.name(), step.round());
        return new Learned(
                new Model(id, URI.create("file:/scripted/" + id), lineage), List.of(1.0, 0.5), examples.size());
    }

    @Override
    public void release(Model model) {
        released.add(model);
    }

    /// What was let go of so far, in order.
    public List<Model> released() {
        return List.copyOf(released);
    }

    /// The calls so far, in order.
    public List<Lesson> lessons() {
        return List.copyOf(lessons);
    }
}
