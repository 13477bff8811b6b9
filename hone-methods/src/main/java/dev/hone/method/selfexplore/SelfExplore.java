package dev.hone.method.selfexplore;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.Preferences;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.measure.Health;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Self-Explore: learn from one's own right solutions, then find in each wrong one the first step from
/// which one cannot reach the answer any more, and learn to prefer a right way on to that step. One pass of
/// two rounds, whose models are the paper's RFT model and the one that has learned from preferences.
///
/// **Paper** Hwang et al. 2024, arXiv:2404.10346; card self-explore, "Algorithm"; `// n` marks the step.
/// The other steps are where [the room's label][dev.hone.method.selfexplore] says.
/// **Departs** SFT on worked solutions (step 1) is the platform's warm start. A sample that nobody could
/// judge is neither right nor wrong. A try succeeds if the judge calls the whole text right, the prefix included, where
/// the paper asks for the answer alone: with a checker of every step, as in arithmetic, no try from behind a wrong step
/// succeeds, and a solution with a wrong step and the right answer is a wrong one. RMSprop is Adam without a first
/// moment, so that its average is corrected at the start. If no sample is right, nothing is
/// learned and both rounds offer the model that was sampled from; if there are no pairs (all samples right,
/// no pit, no way on left), round 2 offers that of round 1. The log says so in each case.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** `samples` completions of every problem, at most `tries` for each step of each pair to its pit,
/// two fine-tunes.
///
/// @param samples completions of a problem, `N`, at least 1; 100 in the paper
/// @param tries completions after each step, `k`, at least 1; 4 in the paper
/// @param sampling of both, at temperature 0.7 in the paper
/// @param firstWrong for the figures only
/// @param recording of what is selected
public record SelfExplore(
        int samples,
        int tries,
        Sampling sampling,
        Style style,
        Variant variant,
        Lessons lessons,
        Generator generator,
        Judge judge,
        FirstWrong firstWrong,
        Recording recording,
        Learner learner) {

    private static final int MOST_STEPS = 20;

    public SelfExplore {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
        if (tries < 1) {
            throw new IllegalArgumentException("tries must be at least 1 but was " + tries);
        }
    }

    /// @param base that the first model is learned from, `M`
    /// @param taught the same after it has learned from worked solutions, which is sampled from, `M_SFT`;
    ///     the base model itself where it needs no teaching
    /// @param problems of round 1 are the only ones asked for
    /// @return the model of the last round
    public Model run(Model base, Model taught, IntFunction<List<Problem>> problems, Run run) {
        List<Decision> decisions = solve(taught, problems.apply(1), run);
        Model explorer = learnSolutions(base, taught, decisions, run);
        run.offer(1, explorer);
        if (variant.pairs() == Variant.Pairs.NONE) {
            return explorer;
        }
        List<Pair> pairs = Pair.of(decisions, style.rules()); // 5
        Model preferring = learnPreferences(explorer, preferences(explorer, pairs, run), run);
        run.offer(2, preferring);
        return preferring;
    }

    /// Which of its own solutions the first model learns from.
    private List<Decision> solve(Model taught, List<Problem> problems, Run run) {
        Step step = run.step("sample", 1);
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, samples, sampling))
                .toList();
        List<Sample> drawn = generator.generate(taught, prompts, step); // 2
        List<Decision> decisions = recording
                .record("solutions", style.rules().right())
                .select(judge.judge(Group.of(drawn), step), step); // 3
        if (!decisions.isEmpty()) {
            run.tell(new RunEvent.RoundHealth(1, Health.of(decisions).figures()));
        }
        return decisions;
    }

    private Model learnSolutions(Model base, Model taught, List<Decision> decisions, Run run) {
        List<Demonstration> solutions = decisions.stream()
                .filter(Decision::isKept)
                .map(each -> style.rules()
                        .solution(each.judged().sample())
                        .orElseThrow()
                        .demonstration())
                .toList();
        if (solutions.isEmpty()) {
            run.tell(new RunEvent.Note(1, "no sample was accepted, so there is nothing to learn from"));
            return taught;
        }
        return learner.learn(
                        Start.fresh(base), // 4: neither the model that was sampled from nor its optimizer's state
                        new Demonstrations(solutions),
                        new Objective.Sft(),
                        lessons.solutions(),
                        run.step("learn", 1))
                .model();
    }

    private List<Preference> preferences(Model explorer, List<Pair> pairs, Run run) {
        if (pairs.isEmpty() || variant.pairs() == Variant.Pairs.OUTCOMES) {
            return new OutcomePairs(style.answer(), variant.rejectedEnding()).of(pairs);
        }
        PitSearch.Found found = new PitSearch(tries, MOST_STEPS, sampling, style.split(), generator, judge)
                .search(explorer, pairs, run, 2); // 6, 7
        List<Preference> preferences =
                new GranularPairs(variant, run.step("pit", 2).seed()).of(found.explored()); // 8
        SortedMap<String, Double> figures = new PitFigures(firstWrong).of(found, preferences.size());
        run.tell(new RunEvent.RoundHealth(2, figures));
        found.explored().stream()
                .flatMap(
                        each -> each.end() instanceof End.Unknown(String because) ? Stream.of(because) : Stream.empty())
                .findFirst()
                .ifPresent(because -> run.tell(new RunEvent.Note(
                        2, "some wrong solutions could not be explored, the first because " + because)));
        if (figures.getOrDefault(PitFigures.AT_FIRST, 0.0) > PitFigures.TOO_OFTEN_FIRST) {
            run.tell(new RunEvent.Note(
                    2,
                    "more than half of the pits are at step 1: the model seldom reaches an answer after a first step;"
                            + " try more often, or start from a better model"));
        }
        return preferences;
    }

    private Model learnPreferences(Model explorer, List<Preference> preferences, Run run) {
        if (preferences.isEmpty()) {
            run.tell(new RunEvent.Note(
                    2, "no pair of a right and a wrong way was found, so there is nothing to prefer"));
            return explorer;
        }
        return learner.learn(
                        Start.fresh(explorer), // 9: which is the reference, too
                        new Preferences(preferences),
                        lessons.objective(),
                        lessons.pairs(),
                        run.step("prefer", 2))
                .model();
    }
}
