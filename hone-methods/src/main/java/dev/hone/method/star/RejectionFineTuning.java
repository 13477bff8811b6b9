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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Learn from one's own answers that reached the right result: the loop that STaR, RFT, ReST-EM and iterative
/// RFT share. They differ in the [RoundPolicy] and in how many samples a problem gets.
///
/// **Paper** card star-family-bstar, "The loop variants" and steps 4-6; `// n` marks the step.
/// **Departs** no human solution is added to a problem's candidates (step 5 of B-STaR's code); no
/// rationalization with a hint (STaR). A round in which nothing is kept trains on nothing: the model of the
/// round before is offered again, and the log says so.
/// **Cost** per round: `samples` completions a problem, one fine-tune.
///
/// @param rounds at least 1
/// @param samples completions a problem, `K` on the card, at least 1
/// @param sampling temperature and length
/// @param policy where a round starts, and which rounds' samples it learns from
/// @param training of each round
/// @param selector which judged samples are learned from
public record RejectionFineTuning(
        int rounds,
        int samples,
        Sampling sampling,
        RoundPolicy policy,
        Training training,
        Generator generator,
        Judge judge,
        Selector selector,
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

    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        Model current = base;
        List<Demonstrations> kept = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<Decision> decisions =
                    sampleAndSelect(current, problems.apply(round), run.step("sample", round)); // 4, 5
            run.tell(new RunEvent.RoundHealth(round, Health.of(decisions).figures()));
            kept.add(demonstrations(decisions));

            Demonstrations pool =
                    policy.within(kept).stream().reduce(Demonstrations::plus).orElseThrow();
            if (pool.size() == 0) {
                run.tell(new RunEvent.Note(round, "no sample was accepted, so there is nothing to learn from"));
            } else {
                current = learner.learn(
                                policy.start(base, current),
                                pool,
                                new Objective.Sft(),
                                policy.training(training, round, rounds),
                                run.step("learn", round)) // 6
                        .model();
            }
            run.offer(round, current);
        }
        return current;
    }

    private List<Decision> sampleAndSelect(Model model, List<Problem> problems, Step step) {
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, samples, sampling))
                .toList();
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
