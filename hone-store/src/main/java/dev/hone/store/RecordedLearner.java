package dev.hone.store;

import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Folders;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Puts what was learned on record, then removes the learner's work in progress. A finished step is read.
record RecordedLearner(Learner delegate, ModelTable table, Ledger ledger) implements Learner {

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        ledger.enter(step);
        byte[] asked = hash(start, examples, objective, training);
        Optional<ModelTable.Finished> finished =
                ledger.read(reader -> table.learned(reader, step.name(), step.round()));
        Learned learned = finished.isPresent()
                ? checked(finished.get(), asked, step)
                : learnNow(start, examples, objective, training, step, asked);
        remove(step.folder());
        ledger.leave();
        return learned;
    }

    private <E extends Examples> Learned learnNow(
            Start start, E examples, Objective<E> objective, Training training, Step step, byte[] asked) {
        Ledger.Stint stint = ledger.stint(Phase.LEARN);
        try {
            Learned learned = delegate.learn(start, examples, objective, training, timed(step, stint));
            ledger.commit(writer -> {
                long key = ledger.key(writer, step);
                table.insertLearned(writer, key, asked, learned);
                stint.spend(writer, key);
                return learned;
            });
            ledger.sync(); // before the checkpoint goes, which could stand in for a row that power loss takes
            return learned;
        } catch (HoneException e) {
            if (e.kind() == Kind.STOPPED) {
                spend(step, stint);
            }
            throw e;
        }
    }

    /// The learner keeps its work itself, so its time goes on record as it reports progress.
    private Step timed(Step step, Ledger.Stint stint) {
        return new Step(
                step.run(),
                step.name(),
                step.round(),
                step.seed(),
                step.folder(),
                event -> {
                    if (event instanceof RunEvent.Progress && stint.isLong()) {
                        spend(step, stint);
                    }
                    step.events().accept(event);
                },
                step.stop());
    }

    private void spend(Step step, Ledger.Stint stint) {
        ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            stint.spend(writer, key);
            return key;
        });
    }

    /// Its row stays, and a run that is resumed goes on without its files. A model that the run offered, or
    /// that came of another step too, is kept.
    @Override
    public void release(Model model) {
        boolean isReleased = ledger.commit(writer -> table.release(writer, model));
        if (isReleased) {
            ledger.sync(); // before the files go, which a run that does not know of it would miss
            delegate.release(model);
        }
    }

    private Learned checked(ModelTable.Finished finished, byte[] asked, Step step) {
        String name = step.name() + "/" + step.round();
        Model model = finished.learned().model();
        if (!finished.isFor(asked)) {
            throw Misfit.of(step.run(), name, "start, examples, objective or training", "it gave model " + model.id());
        }
        URI location = model.location();
        if (!finished.isReleased() && "file".equals(location.getScheme()) && !Files.exists(Path.of(location))) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the model " + model.id() + " that step \"" + name + "\" of run " + step.run()
                            + " learned is not at " + location
                            + " any more; a finished step is not learned again; put the folder back, or start a new run");
        }
        return finished.learned();
    }

    private static <E extends Examples> byte[] hash(
            Start start, E examples, Objective<E> objective, Training training) {
        Sha256 hash = new Sha256()
                .add(start.weights().id())
                .add(start.optimizer().name())
                .add(start.reference().id())
                .add(objective.toString())
                .add(training.toString());
        for (Object each : examples.all()) {
            hash.add(each.toString());
        }
        return hash.bytes();
    }

    private static void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the folder \"" + folder + "\" cannot be removed (" + e
                            + "); its step is complete and does not need it; remove it by hand and resume the run",
                    e);
        }
    }
}
