package dev.hone.app.wiring;

import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Step;
import dev.hone.testkit.ScriptedLearner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A scripted learner whose models have a folder, since a store looks whether they are there.
record FolderLearner(Path folder, ScriptedLearner script) implements Learner {

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        Learned learned = script.learn(start, examples, objective, training, step);
        Model model = learned.model();
        try {
            Path made = Files.createDirectories(folder.resolve(model.id()));
            return new Learned(
                    new Model(model.id(), made.toUri(), model.lineage()), learned.losses(), learned.tokens());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
