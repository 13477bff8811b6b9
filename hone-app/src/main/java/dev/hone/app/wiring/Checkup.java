package dev.hone.app.wiring;

import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.List;
import java.util.TreeMap;

/// A run that answers a few validation problems with each model that is offered, greedily, so that a reader sees
/// how the loop is doing. Nothing of it comes back to the method.
///
/// @param run that keeps everything
/// @param problems of the validation split, opened at the first model
record Checkup(Run run, Practice problems, Generator generator, Judge judge, int maxTokens) implements Run {
    /// The step's name, and the figure's.
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

    @Override
    public void tell(RunEvent event) {
        run.tell(event);
    }

    /// Also for the base model, which nobody offers.
    void check(int round, Model model) {
        List<Problem> asked = problems.validation();
        if (asked.isEmpty()) {
            run.tell(new RunEvent.Note(round, "the task has no validation problems, so none are answered"));
            return;
        }
        List<Prompt> prompts = asked.stream()
                .map(problem -> Prompt.of(problem, 1, Sampling.greedy(maxTokens)))
                .toList();
        Step step = run.step(round < 0 ? NAME + Examination.GIVEN : NAME, Math.max(0, round));
        List<Sample> answers = generator.generate(model, prompts, step);
        List<Judged> judged = judge.judge(Group.of(answers), step);
        double right = judged.stream().filter(Judged::isRight).count();
        TreeMap<String, Double> figures = new TreeMap<>();
        figures.put(NAME, right / judged.size());
        run.tell(new RunEvent.RoundHealth(round, figures));
    }
}
