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
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.measure.subset.PassAtK;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Greedy accuracy, and pass@1, pass@k and distinct right solutions of `samples` draws at temperature 1.
///
/// An unjudged sample counts as not right; how many there were is a figure of its own.
///
/// @param name with version and split, such as `countdown@1 test`
/// @param problems opened only when a model is examined
/// @param samples draws a problem, at least 1; also the `k` of pass@k
/// @param maxTokens of a completion
public record SamplingExam(
        String name, Supplier<List<Problem>> problems, int samples, int maxTokens, Generator generator, Judge judge)
        implements Exam {

    @Override
    public Report examine(Model model, Step step) {
        List<Problem> asked = problems.get();
        List<Judged> greedy = answers(model, asked, 1, Sampling.greedy(maxTokens), step);
        List<Judged> drawn = answers(model, asked, samples, new Sampling(1, maxTokens), step);

        Map<String, List<Double>> values = new LinkedHashMap<>();
        values.put("greedy", rightShares(asked, greedy));
        values.put("pass@1", rightShares(asked, drawn));
        if (samples > 1) {
            values.put("pass@" + samples, passAtK(asked, drawn));
        }
        values.put("distinct right", distinctRight(asked, drawn));
        values.put("unjudged", unjudgedShares(asked, drawn));

        List<Figure> figures = new ArrayList<>();
        values.forEach((figure, perProblem) -> figures.add(Bootstrap.mean(figure, perProblem)));
        long tokens = generatedTokens(greedy) + generatedTokens(drawn);
        Cost cost = new Cost(asked.size(), greedy.size() + drawn.size(), greedy.size() + drawn.size(), tokens);
        return new Report(name, model.id(), figures, new TreeMap<>(values), cost);
    }

    private List<Judged> answers(Model model, List<Problem> asked, int count, Sampling sampling, Step step) {
        Step part = new Step(
                step.run(),
                sampling.temperature() == 0 ? step.name() + "-greedy" : step.name(),
                step.round(),
                step.seed(),
                step.folder(),
                step.events(),
                step.stop());
        List<Prompt> prompts = asked.stream()
                .map(problem -> Prompt.of(problem, count, sampling))
                .toList();
        List<Sample> drawn = generator.generate(model, prompts, part);
        return judge.judge(Group.of(drawn), part);
    }

    private static List<Double> rightShares(List<Problem> asked, List<Judged> answers) {
        return perProblem(asked, answers, group -> (double) right(group) / group.size());
    }

    private static List<Double> passAtK(List<Problem> asked, List<Judged> answers) {
        return perProblem(asked, answers, group -> PassAtK.estimate(group.size(), right(group), group.size()));
    }

    private static List<Double> unjudgedShares(List<Problem> asked, List<Judged> answers) {
        return perProblem(
                asked,
                answers,
                group -> group.stream()
                                .filter(each -> each.verdict() instanceof dev.hone.data.Verdict.Unjudged)
                                .count()
                        / (double) group.size());
    }

    private static List<Double> distinctRight(List<Problem> asked, List<Judged> answers) {
        return perProblem(asked, answers, group -> {
            Set<String> texts = new HashSet<>();
            group.stream()
                    .filter(Judged::isRight)
                    .forEach(each -> texts.add(each.sample().text().strip()));
            return (double) texts.size();
        });
    }

    private static int right(List<Judged> group) {
        return (int) group.stream().filter(Judged::isRight).count();
    }

    private static List<Double> perProblem(
            List<Problem> asked, List<Judged> answers, java.util.function.ToDoubleFunction<List<Judged>> value) {
        Map<String, List<Judged>> byProblem = new HashMap<>();
        answers.forEach(each -> byProblem
                .computeIfAbsent(each.sample().problem().id(), id -> new ArrayList<>())
                .add(each));
        return asked.stream()
                .map(problem -> value.applyAsDouble(byProblem.get(problem.id())))
                .toList();
    }

    private static long generatedTokens(List<Judged> answers) {
        return answers.stream()
                .mapToLong(each -> each.sample().tokens().count(Author.MODEL))
                .sum();
    }
}
