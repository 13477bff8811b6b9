package dev.hone.torch.learn;

import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Step;
import dev.hone.torch.objective.Criterion;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Reader;
import java.util.List;

/// A training from its present state to its end.
public record Course(
        Trainer trainer, Criterion criterion, Batches batches, HeldOut heldOut, Checkpoints checkpoints, Step step) {

    public void run(TrainingDecoder decoder, TrainingState state, double dropout) {
        Reader present = texts -> new Scoring(trainer.threads()).read(decoder, texts);
        Training training = batches.training();
        int steps = batches.steps();
        while (true) {
            heldOut.measure(state, examples -> trainer.loss(decoder, criterion.parts(examples, present)));
            if (heldOut.isOver(state)) {
                break;
            }
            stopSafely(state);
            int at = state.step();
            double rate = training.learningRate() * training.schedule().factor(at, steps);
            var noise =
                    new Noise(dropout, step.seed().derive("dropout").derive(at).value());
            List<Part> parts = criterion.parts(batches.at(at), present);
            double loss = trainer.step(decoder, state, parts, noise, rate);
            step.progress(state.step(), steps, "steps", "loss %.3f".formatted(loss));
            checkpoints.saveIfTimely(state);
        }
        heldOut.takeBest(state);
    }

    private void stopSafely(TrainingState state) {
        try {
            step.mayStop();
        } catch (HoneException stopped) {
            checkpoints.save(state);
            throw stopped;
        }
    }
}
