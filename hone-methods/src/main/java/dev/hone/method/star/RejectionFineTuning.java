package dev.hone.method.star;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.HintText;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Training;
import dev.hone.measure.Health;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.task.Gold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Learn from one's own answers that reached the right result: the loop that STaR, RFT, ReST-EM and
/// iterative RFT share. They differ in the [RoundPolicy] and in how many samples a problem gets.
///
/// **Paper** card star-family-bstar, "The loop variants" and steps 4-6; `// n` marks the step.
/// STaR itself is one greedy sample a problem from the base model every round, with a [Rationalization]
/// of those that fail.
///
/// **Departs** STaR's examples in the prompt and the first fine-tune of the others (step 1) are the
/// platform's warm start; with one, its model is the base model. STaR's growing number of steps is not
/// there: each round's training is as long. No human solution is added to a problem's candidates (step 5 of
/// B-STaR's code). A round in which nothing is kept trains on nothing, not on worked answers alone either:
/// the model of the round before is offered again, and the log says so.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions a problem, one fine-tune; with a rationalization one
/// completion of each problem that no sample solved.
///
/// @param rounds at least 1
/// @param samples completions a problem, `K` on the card, at least 1
/// @param sampling temperature and length
/// @param policy where a round starts, and which rounds' samples it learns from
/// @param training of each round
/// @param rationalization of problems that no sample solved
/// @param selector which judged samples are learned from; for RFT [DistinctEquationLists]
/// @param original worked answers that are learned beside them, as RFT does; none for the others
public record RejectionFineTuning(
        int rounds,
        int samples,
        Sampling sampling,
        RoundPolicy policy,
        Training training,
        Rationalization rationalization,
        Generator generator,
        Judge judge,
        Selector selector,
        Demonstrations original,
        Learner learner) {

    public RejectionFineTuning {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
        policy.training(training, 1, rounds); // refuses a length that does not go with it
    }

    /// Without a rationalization and without worked answers.
    public RejectionFineTuning(
            int rounds,
            int samples,
            Sampling sampling,
            RoundPolicy policy,
            Training training,
            Generator generator,
            Judge judge,
            Selector selector,
            Learner learner) {
        this(
                rounds,
                samples,
                sampling,
                policy,
                training,
                new Rationalization.None(),
                generator,
                judge,
                selector,
                new Demonstrations(List.of()),
                learner);
    }

    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        Model current = base;
        List<Demonstrations> kept = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<Problem> asked = problems.apply(round);
            List<Decision> decisions =
                    new ArrayList<>(sampleAndSelect(current, plain(asked), run.step("sample", round))); // 4, 5
            decisions.addAll(rationalized(current, asked, decisions, round, run));
            run.tell(new RunEvent.RoundHealth(round, Health.of(decisions).figures()));
            kept.add(demonstrations(decisions));

            Demonstrations pool =
                    policy.within(kept).stream().reduce(Demonstrations::plus).orElseThrow();
            if (pool.size() == 0) {
                run.tell(new RunEvent.Note(round, "no sample was accepted, so there is nothing to learn from"));
            } else {
                if (kept.getLast().size() == 0) {
                    run.tell(new RunEvent.Note(
                            round, "no sample was accepted, so it learns from those of the rounds before alone"));
                }
                current = learner.learn(
                                policy.start(base, current),
                                pool.plus(original),
                                new Objective.Sft(),
                                policy.training(training, round, rounds),
                                run.step("learn", round)) // 6
                        .model();
            }
            run.offer(round, current);
        }
        return current;
    }

    private List<Prompt> plain(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Prompt.of(problem, samples, sampling))
                .toList();
    }

    /// One more sample, with a hint, of each problem of which none was right.
    private List<Decision> rationalized(
            Model model, List<Problem> problems, List<Decision> decisions, int round, Run run) {
        if (!(rationalization instanceof Rationalization.WithAnswer(Gold answers, HintText text))) {
            return List.of();
        }
        Set<String> solved = decisions.stream()
                .map(Decision::judged)
                .filter(Judged::isRight)
                .map(judged -> judged.sample().problem().id())
                .collect(Collectors.toSet());
        List<Prompt> hinted = new ArrayList<>();
        for (Problem problem : problems) {
            if (!solved.contains(problem.id()) && HintText.fits(problem.prompt())) {
                answers.of(problem)
                        .map(answer -> text.around(problem.prompt(), Map.of(Rationalization.ANSWER, answer)))
                        .map(seen -> Prompt.of(problem, 1, sampling).showing(seen))
                        .ifPresent(hinted::add);
            }
        }
        return hinted.isEmpty() ? List.of() : sampleAndSelect(model, hinted, run.step("rationalize", round));
    }

    private List<Decision> sampleAndSelect(Model model, List<Prompt> prompts, Step step) {
        List<Sample> drawn = generator.generate(model, prompts, step);
        List<Judged> judged = judge.judge(Group.of(drawn), step);
        return selector.select(judged, step);
    }

    private static Demonstrations demonstrations(List<Decision> decisions) {
        return new Demonstrations(decisions.stream()
                .filter(Decision::isKept)
                .map(decision -> Demonstration.of(decision.judged().sample()))
                .toList());
    }
}
