package dev.hone.method.bstar;

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
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.measure.Health;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.SmallestCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Balanced Self-Taught Reasoner: learning online from one's own accepted samples, and before each round choosing the
/// sampling temperature and the reward threshold under which a few probe problems give the most right and different
/// samples beside the fewest wrong ones.
///
/// **Paper** Zeng et al. 2024, arXiv:2412.17256; card star-family-bstar, "Algorithm"; `// n` marks the step.
/// **Departs** no human solution is added to a problem's candidates (the released code adds one, the paper
/// does not stress it), so a problem may end up with none; the cold start (step 1) is the platform's warm
/// start, of its own length; no process reward model is trained: `rewards` is whatever soft score is given,
/// and what it cannot judge, such as a sample that was cut short, is never kept. The wanted number of
/// samples of a round is its optimizer steps times the batch, which is where the paper's own number comes
/// from, and `n*` follows from it; neither is a setting. The cosine ends at 0. Of temperatures that tie the
/// first is taken, of thresholds the highest: where nothing is right, all thresholds tie at 0, and a low
/// one would have wrong samples learned. A round in which nothing is kept trains on nothing: the model of
/// the round before is offered again, and the log says so; its part of the learning rate's schedule is
/// passed over.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions of every problem, as many of every probe problem at each temperature, one
/// fine-tune.
///
/// @param rounds at least 1
/// @param samples completions of a problem, `K`, at least 1
/// @param sampling length and warping; its temperature is not read
/// @param control grids and probe
/// @param training of a round; its schedule spans all rounds, so its length is a number of steps
/// @param answers says whether a sample is right, with a full mark
/// @param rewards what the threshold is compared with: the same judge, or [AnswerPlusProcess]
/// @param recording of what is selected
public record BStar(
        int rounds,
        int samples,
        Sampling sampling,
        Control control,
        Training training,
        Generator generator,
        Judge answers,
        Judge rewards,
        Recording recording,
        Learner learner) {

    /// Online: weights, moments and the learning rate's schedule go on, on the round's own samples.
    private static final RoundPolicy POLICY =
            new RoundPolicy(From.PREVIOUS, OptimizerState.CARRIED, new Window.Last(1), RoundPolicy.Schedule.ALL_ROUNDS);

    public BStar {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
        POLICY.training(training, 1, rounds); // refuses a length that is not a number of steps
    }

    /// A point of the grid, with its balance score.
    private record Chosen(double temperature, double threshold, double balance) {}

    /// Samples drawn at one temperature, judged both ways.
    private record Drawn(List<Judged> answers, List<Judged> rewards) {}

    /// @param problems of a round, by its number from 1; those of round 0 are for the probe
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        List<Problem> probe = problems.apply(0).stream().limit(control.probe()).toList();
        Model current = base;
        for (int round = 1; round <= rounds; round++) {
            List<Problem> asked = problems.apply(round);
            int wanted = Math.max(1, Math.ceilDiv(target(), Math.max(1, asked.size())));
            if (round == 1 && wanted > samples && !asked.isEmpty()) {
                run.tell(new RunEvent.Note(
                        round,
                        "its steps ask for " + wanted + " samples of a problem and " + samples
                                + " are drawn, so that all right ones are wanted and the balance is their number alone;"
                                + " draw more, or take fewer steps"));
            }
            BalanceScore balance = new BalanceScore(wanted);
            double temperature = probed(current, probe, asked.size(), balance, round, run).temperature; // 3
            Step step = run.step("sample", round);
            Drawn drawn = draw(current, asked, temperature, step); // 4
            Chosen chosen = threshold(drawn, temperature, asked.size(), target(), balance, step); // 5
            List<Decision> decisions = recording
                    .record("round " + round, new SmallestCap(chosen.threshold, target()))
                    .select(drawn.rewards, step);
            run.tell(new RunEvent.RoundHealth(round, health(decisions, drawn.answers, chosen)));

            Demonstrations kept = demonstrations(decisions);
            if (kept.size() == 0) {
                run.tell(new RunEvent.Note(round, "no sample was accepted, so there is nothing to learn from"));
            } else {
                current = learner.learn(
                                POLICY.start(base, current),
                                kept,
                                new Objective.Sft(),
                                POLICY.training(training, round, rounds),
                                run.step("learn", round)) // 6
                        .model();
            }
            run.offer(round, current);
        }
        return current;
    }

    /// `N`: what a round's optimizer steps go through.
    private int target() {
        return Math.multiplyExact(training.length().steps(0, training.batch()), training.batch());
    }

    /// The best point of the grid on the probe problems, which ask for their share of the target.
    private Chosen probed(Model model, List<Problem> probe, int asked, BalanceScore balance, int round, Run run) {
        int share = (int) Math.max(1, Math.ceilDiv((long) target() * probe.size(), Math.max(1, asked)));
        Chosen best = new Chosen(
                control.temperatures().getFirst(), control.thresholds().getFirst(), -1);
        for (double temperature : control.temperatures()) {
            Step step = run.step("probe-" + temperature, round);
            Chosen chosen =
                    threshold(draw(model, probe, temperature, step), temperature, probe.size(), share, balance, step);
            best = chosen.balance > best.balance ? chosen : best;
        }
        return best;
    }

    private Chosen threshold(
            Drawn drawn, double temperature, int problems, int wanted, BalanceScore balance, Step step) {
        Chosen best = new Chosen(temperature, control.thresholds().getFirst(), -1);
        for (double threshold : control.thresholds()) {
            List<Decision> decisions = new SmallestCap(threshold, wanted).select(drawn.rewards, step);
            double score = balance.of(decisions, drawn.answers, Math.max(1, problems));
            best = score > best.balance || (score == best.balance && threshold > best.threshold)
                    ? new Chosen(temperature, threshold, score)
                    : best;
        }
        return best;
    }

    private Drawn draw(Model model, List<Problem> problems, double temperature, Step step) {
        Sampling hot = new Sampling(
                temperature, sampling.maxTokens(), sampling.warping(), sampling.stops(), sampling.constraint());
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, samples, hot))
                .toList();
        List<Sample> drawn = generator.generate(model, prompts, step);
        List<Group> groups = Group.of(drawn);
        return new Drawn(answers.judge(groups, step), rewards.judge(groups, step)); // 2
    }

    /// The usual figures, with what is right as the answers' judge says, and what was chosen.
    private static TreeMap<String, Double> health(List<Decision> decisions, List<Judged> answers, Chosen chosen) {
        List<Decision> byAnswer = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            byAnswer.add(new Decision(answers.get(i), decision.fate(), decision.because()));
        }
        TreeMap<String, Double> figures = new TreeMap<>(Health.of(byAnswer).figures());
        figures.putAll(
                Map.of("temperature", chosen.temperature, "threshold", chosen.threshold, "balance", chosen.balance));
        return figures;
    }

    private static Demonstrations demonstrations(List<Decision> decisions) {
        return new Demonstrations(decisions.stream()
                .filter(Decision::isKept)
                .map(decision -> Demonstration.of(decision.judged().sample()))
                .toList());
    }
}
