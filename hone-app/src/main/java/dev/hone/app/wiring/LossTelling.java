package dev.hone.app.wiring;

import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.List;
import java.util.TreeMap;

/// Tells, when something was learned, where the loss began and where it ended: means over a tenth of
/// the steps. Those of verifiers, which are learned beside a round's model, are told under the names
/// of their steps.
record LossTelling(Learner learner) implements Learner {
    private static final String VERIFIER = "verify";

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        Learned learned = learner.learn(start, examples, objective, training, step);
        List<Double> losses = learned.losses();
        if (!losses.isEmpty()) {
            int tenth = Math.ceilDiv(losses.size(), 10);
            TreeMap<String, Double> figures = new TreeMap<>();
            String of = step.name().startsWith(VERIFIER) ? " of " + step.name() : "";
            figures.put("loss at start" + of, mean(losses.subList(0, tenth)));
            figures.put("loss" + of, mean(losses.subList(losses.size() - tenth, losses.size())));
            figures.put("examples" + of, (double) examples.size());
            step.events().accept(new RunEvent.RoundHealth(step.round(), figures));
        }
        return learned;
    }

    @Override
    public void release(Model model) {
        learner.release(model);
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
