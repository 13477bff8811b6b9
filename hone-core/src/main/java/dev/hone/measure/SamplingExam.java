package dev.hone.measure;

import dev.hone.data.Author;
import dev.hone.data.Cost;
import dev.hone.data.Figure;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Report;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.measure.subset.MajorityAtK;
import dev.hone.measure.subset.Vote;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Greedy accuracy, and of `samples` draws at temperature 1: pass@1, distinct right solutions and, where there is more
/// than one draw, what choosing among `k` of them gives. `pass@k` is the ideal choice, `maj@k` the answer that most
/// of them give, `best-of-k by own likelihood` what the model finds likeliest, and `best-of-k by ...` the choice of
/// each ranker. All rankers see the same samples. `k` is `samples`; with rankers besides also 2, 4, 8 and so on below
/// it, for a ranker whose choice gets worse with more to choose from has fallen for something else than being right.
///
/// With a fact of problems in `by`, pass@1 is told once more of the problems with each of its values, as `pass@1 of
/// operations 4`; a problem without the fact counts in none of them.
///
/// With a diversity the entropy of the draws is told too, in nats, for each ranker the chance that as many of the best
/// are all right (`reward@8-4 by own likelihood`), and the share of problems of each
/// [difficulty](DifficultyHistogram), `level 1` to `level 5`.
///
/// An unjudged sample counts as not right; how many there were is a figure of its own.
///
/// **Source** of best-of-k: card vstar, equation 3.
///
/// @param name with version and split, such as `countdown@1 test`
/// @param problems opened only when a model is examined
/// @param samples draws a problem, at least 1
/// @param maxTokens of a completion
/// @param by facts of problems by which pass@1 is told too; usually none
/// @param diversity of right samples, by how many are compared; usually none
public record SamplingExam(
        String name,
        Supplier<List<Problem>> problems,
        int samples,
        int maxTokens,
        Generator generator,
        Marking marking,
        List<String> by,
        List<RightDiversity> diversity)
        implements Exam {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    public SamplingExam {
        by = List.copyOf(by);
        diversity = List.copyOf(diversity);
    }

    /// What is said of samples.
    ///
    /// @param judge whether one is right, with a full mark
    /// @param answers what it answers
    /// @param rankers besides [Ranker#OWN], each under a name of its own
    public record Marking(Judge judge, AnswerReader answers, List<Ranker> rankers) {
        public Marking {
            rankers = List.copyOf(rankers);
            List<String> names = Stream.concat(Stream.of(Ranker.OWN), rankers.stream())
                    .map(Ranker::name)
                    .toList();
            if (names.stream().distinct().count() < names.size()) {
                throw new IllegalArgumentException(
                        "rankers need names of their own but were " + names + "; rename one");
            }
        }
    }

    @Override
    public Report examine(Model model, Step step) {
        List<Problem> asked = problems.get();
        Step greedily = part(step, step.name() + "-greedy");
        List<Judged> greedy = answers(model, asked, 1, Sampling.greedy(maxTokens), greedily);
        List<Judged> drawn = answers(model, asked, samples, new Sampling(1, maxTokens), step);
        List<Drawn> byProblem = Drawn.of(asked, drawn);

        Map<String, List<Double>> values = new LinkedHashMap<>();
        values.put("greedy", each(Drawn.of(asked, greedy), Drawn::rightShare));
        values.put("pass@1", each(byProblem, Drawn::rightShare));
        values.putAll(choices(byProblem, drawn, step));
        by.forEach(fact -> values.putAll(byFact(fact, asked, byProblem)));
        values.put("distinct right", each(byProblem, Drawn::distinctRight));
        diversity.forEach(each -> values.putAll(each.of(byProblem, step)));
        if (!diversity.isEmpty()) {
            values.put("entropy", each(byProblem, Drawn::entropy));
            for (int level = 1; level <= DifficultyHistogram.LEVELS; level++) {
                int one = level;
                values.put("level " + level, each(byProblem, problem -> problem.level() == one ? 1 : 0));
            }
        }
        values.put("unjudged", each(byProblem, Drawn::unjudgedShare));

        List<Figure> figures = new ArrayList<>();
        values.forEach((figure, perProblem) -> figures.add(Bootstrap.mean(figure, perProblem)));
        long tokens = generatedTokens(greedy) + generatedTokens(drawn);
        Cost cost = new Cost(asked.size(), greedy.size() + drawn.size(), greedy.size() + drawn.size(), tokens);
        return new Report(name, model.id(), figures, new TreeMap<>(values), cost);
    }

    /// Numbers in their order, then anything else by the alphabet.
    private static SequencedMap<String, List<Double>> byFact(String fact, List<Problem> asked, List<Drawn> drawn) {
        TreeMap<String, List<Double>> byValue = new TreeMap<>(Comparator.comparingInt(
                        (String value) -> WHOLE.matcher(value).matches() ? Integer.parseInt(value) : Integer.MAX_VALUE)
                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < asked.size(); i++) {
            String value = asked.get(i).facts().get(fact);
            if (value != null) {
                byValue.computeIfAbsent(value, _ -> new ArrayList<>())
                        .add(drawn.get(i).rightShare());
            }
        }
        LinkedHashMap<String, List<Double>> figures = new LinkedHashMap<>();
        byValue.forEach((value, shares) -> figures.put("pass@1 of " + fact + " " + value, shares));
        return figures;
    }

    private static Step part(Step step, String name) {
        return new Step(step.run(), name, step.round(), step.seed(), step.folder(), step.events(), step.stop());
    }

    private List<Judged> answers(Model model, List<Problem> asked, int count, Sampling sampling, Step step) {
        List<Prompt> prompts = asked.stream()
                .map(problem -> Prompt.of(problem, count, sampling))
                .toList();
        List<Sample> drawn = generator.generate(model, prompts, step);
        return marking.judge.judge(Group.of(drawn), step);
    }

    private Map<String, List<Double>> choices(List<Drawn> byProblem, List<Judged> drawn, Step step) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        if (samples == 1) {
            return values;
        }
        List<List<Vote>> votes =
                byProblem.stream().map(each -> each.votes(marking.answers)).toList();
        List<Group> groups = Group.of(drawn.stream().map(Judged::sample).toList());
        Map<Ranker, Map<String, Double>> ranks = new LinkedHashMap<>();
        Stream.concat(Stream.of(Ranker.OWN), marking.rankers.stream())
                .forEach(ranker -> ranks.put(ranker, ranks(ranker.judge().judge(groups, step))));
        for (int k : sizes()) {
            values.put("pass@" + k, each(byProblem, problem -> problem.passAt(k)));
            values.put(
                    "maj@" + k,
                    votes.stream().map(each -> MajorityAtK.estimate(each, k)).toList());
            ranks.forEach((ranker, byId) ->
                    values.put(ranker.figure(k), each(byProblem, problem -> problem.bestOf(k, byId))));
        }
        for (RightDiversity each : diversity) {
            int s = each.size();
            if (s <= samples) {
                ranks.forEach((ranker, byId) -> values.put(
                        "reward@" + samples + "-" + s + " by " + ranker.name(),
                        each(byProblem, problem -> problem.bestOf(samples, s, byId))));
            }
        }
        return values;
    }

    private List<Integer> sizes() {
        List<Integer> ks = new ArrayList<>();
        for (int k = 2; k < samples && !marking.rankers.isEmpty(); k *= 2) {
            ks.add(k);
        }
        ks.add(samples);
        return ks;
    }

    private static Map<String, Double> ranks(List<Judged> ranked) {
        Map<String, Double> ranks = new HashMap<>();
        ranked.forEach(each -> ranks.put(each.sample().id(), Ranker.rank(each.verdict())));
        return ranks;
    }

    private static List<Double> each(List<Drawn> problems, ToDoubleFunction<Drawn> value) {
        return problems.stream().map(value::applyAsDouble).toList();
    }

    private static long generatedTokens(List<Judged> answers) {
        return answers.stream()
                .mapToLong(each -> each.sample().tokens().count(Author.MODEL))
                .sum();
    }
}
