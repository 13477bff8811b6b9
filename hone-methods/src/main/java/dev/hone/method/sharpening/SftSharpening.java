package dev.hone.method.sharpening;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.measure.Health;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.OnePerProblem;
import dev.hone.select.OnePerProblem.Pick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// SFT-sharpening: of each problem's samples the one that the model itself rewards most is learned, so that
/// one draw gives what the best of many gave.
///
/// **Paper** Huang et al. 2024, arXiv:2412.01951; card sharpening, "SFT-Sharpening" and "Adaptive
/// SFT-Sharpening"; `// n` marks the step.
/// **Departs** the paper has one round; another round takes the sharpened model for its base. A problem
/// none of whose samples came to an end is left out; if that is true of all, nothing is learned, the model
/// is offered as it is, and the log says so. Adaptive sampling draws `samples` at a time and leaves out
/// what was drawn beyond the need.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions a problem (up to [Enough.Adaptive#most]), a scoring pass over
/// the different ones, one fine-tune on one completion a problem.
///
/// @param rounds at least 1; 1 in the paper
/// @param samples completions a problem, `N`, or as many at a time, at least 1; at temperature 1, of the
///     whole distribution
/// @param maxTokens of a completion
/// @param pick the best, or an ablation
/// @param answers says what is right, which is told and plays no other part
/// @param recording of the self-reward and of what is picked
public record SftSharpening(
        int rounds,
        int samples,
        int maxTokens,
        Enough enough,
        SelfReward reward,
        Pick pick,
        Training training,
        Generator generator,
        Likelihood likelihood,
        AnswerReader reader,
        Judge answers,
        Recording recording,
        Learner learner) {

    public SftSharpening {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
    }

    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    public Model run(Model given, IntFunction<List<Problem>> problems, Run run) {
        Model base = given;
        for (int round = 1; round <= rounds; round++) {
            Step step = run.step("sample", round);
            List<Group> groups = Group.of(draw(base, problems.apply(round), round, run)); // 1
            List<Judged> rewarded = recording
                    .record("self-reward " + round, reward.judge(base, likelihood, reader))
                    .judge(groups, step);
            List<Decision> decisions =
                    recording.record("pick " + round, new OnePerProblem(pick)).select(rewarded, step); // 2
            if (!decisions.isEmpty()) {
                run.tell(new RunEvent.RoundHealth(round, health(decisions, answers.judge(groups, step))));
            }
            Demonstrations chosen = new Demonstrations(decisions.stream()
                    .filter(Decision::isKept)
                    .map(each -> Demonstration.of(each.judged().sample()))
                    .toList());
            if (chosen.size() == 0) {
                run.tell(new RunEvent.Note(round, "no sample has a self-reward, so there is nothing to learn from"));
            } else {
                base = learner.learn(
                                Start.fresh(base), chosen, new Objective.Sft(), training, run.step("learn", round)) // 3
                        .model();
            }
            run.offer(round, base);
        }
        return base;
    }

    /// `samples` of each problem at a time, until each has enough.
    private List<Sample> draw(Model base, List<Problem> problems, int round, Run run) {
        Map<Problem, List<Sample>> drawn = new LinkedHashMap<>();
        List<Problem> waiting = problems;
        for (int time = 1; !waiting.isEmpty(); time++) {
            Step step = run.step(time == 1 ? "sample" : "sample-" + time, round);
            List<Prompt> prompts = waiting.stream()
                    .map(problem -> Prompt.of(problem, samples, new Sampling(1, maxTokens)))
                    .toList();
            generator
                    .generate(base, prompts, step)
                    .forEach(sample -> drawn.computeIfAbsent(sample.problem(), _ -> new ArrayList<>())
                            .add(sample));
            waiting = waiting.stream()
                    .filter(problem ->
                            enough.of(drawn.getOrDefault(problem, List.of())).isEmpty())
                    .toList();
        }
        return drawn.values().stream()
                .flatMap(each -> each.stream().limit(enough.of(each).orElseThrow()))
                .toList();
    }

    /// With what is right as the answers' judge says; `best of N right` is what the best of many gives
    /// without learning.
    private static TreeMap<String, Double> health(List<Decision> decisions, List<Judged> answers) {
        List<Decision> byAnswer = new ArrayList<>();
        double chosen = 0;
        double right = 0;
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            byAnswer.add(new Decision(answers.get(i), decision.fate(), decision.because()));
            if (decision.isKept()) {
                chosen++;
                right += answers.get(i).isRight() ? 1 : 0;
            }
        }
        TreeMap<String, Double> figures = new TreeMap<>(Health.of(byAnswer).figures());
        figures.putAll(Likeliest.of(answers).figures());
        if (chosen > 0) {
            figures.put("best of N right", right / chosen);
        }
        return figures;
    }
}
