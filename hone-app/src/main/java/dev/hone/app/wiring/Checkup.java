package dev.hone.app.wiring;

import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verifier;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A run that answers a few validation problems with each model that is offered, greedily, so that a reader sees
/// how the loop is doing. Nothing of it comes back to the method.
///
/// @param run that keeps everything
/// @param problems of the validation split, opened at the first model
record Checkup(Run run, Practice problems, Generator generator, Judge judge, int maxTokens) implements Run {
    /// The step's name, and the figure's, of a round's model.
    static final String NAME = "validation";

    @Override
    public Step step(String name, int round) {
        return run.step(name, round);
    }

    @Override
    public void offer(int round, Model model) {
        run.offer(round, model);
        check(round, model);
    }

    /// What learned from pairs is still a model that writes; how well shows what learning to choose has cost.
    @Override
    public void offerVerifier(int round, String name, Verifier verifier) {
        run.offerVerifier(round, name, verifier);
        switch (verifier) {
            case Verifier.Preferring preferring ->
                check(round, preferring.model(), NAME + " of " + name, run.step(NAME + "-" + name, round));
            case Verifier.Grading _ -> {}
        }
    }

    @Override
    public SortedMap<String, Double> figures(Step step, String what, Supplier<SortedMap<String, Double>> computed) {
        return run.figures(step, what, computed);
    }

    @Override
    public void tell(RunEvent event) {
        run.tell(event);
    }

    /// Also for the base model, which nobody offers.
    void check(int round, Model model) {
        check(round, model, NAME, run.step(round < 0 ? NAME + Examination.GIVEN : NAME, Math.max(0, round)));
    }

    private void check(int round, Model model, String figure, Step step) {
        List<Problem> asked = problems.validation();
        if (asked.isEmpty()) {
            run.tell(new RunEvent.Note(round, "the task has no validation problems, so none are answered"));
            return;
        }
        List<Prompt> prompts = asked.stream()
                .map(problem -> Prompt.of(problem, 1, Sampling.greedy(maxTokens)))
                .toList();
        List<Sample> answers = generator.generate(model, prompts, step);
        List<Judged> judged = judge.judge(Group.of(answers), step);
        double right = judged.stream().filter(Judged::isRight).count();
        TreeMap<String, Double> figures = new TreeMap<>();
        figures.put(figure, right / judged.size());
        run.tell(new RunEvent.RoundHealth(round, figures));
    }
}
