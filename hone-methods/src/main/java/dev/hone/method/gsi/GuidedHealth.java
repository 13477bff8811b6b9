package dev.hone.method.gsi;

import dev.hone.data.Author;
import dev.hone.data.Decision;
import dev.hone.data.Figure;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.measure.Coverage;
import dev.hone.measure.Health;
import dev.hone.measure.TailNarrowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a guided round went: the usual figures over all its samples, and what guidance did to what is kept.
///
/// @param figures by name, those of [Health] and
///     `coverage`, `coverage plain` share of problems with a right sample ([Coverage]), and before guidance;
///     `coverage 1` to `coverage 5` the same of the problems of each level that the round has, where the
///     level is known of at least half of its problems;
///     `calls` samples a problem, a teacher's critiques too;
///     `guided` share of the kept samples that were drawn with guidance;
///     `gold tokens` share of the kept samples' tokens that come from a worked answer;
///     `tail narrowing` share of level 5 among the problems less that among the kept samples
///     ([TailNarrowing]), likewise;
///     `coverage low`, `coverage high`, `tail narrowing low`, `tail narrowing high` ends of their 95% intervals over
///     problems;
///     `critiques that leak` share of a teacher's critiques that hold the whole worked answer
record GuidedHealth(SortedMap<String, Double> figures) {
    static final String GUIDED = "guided";

    /// @param coveredPlainly share of problems with a right sample before guidance
    static GuidedHealth of(Attempts attempts, List<Decision> decisions, Levels levels, double coveredPlainly) {
        List<Sample> kept = decisions.stream()
                .filter(Decision::isKept)
                .map(decision -> decision.judged().sample())
                .toList();
        List<Problem> problems = attempts.problems();
        TreeMap<String, Double> figures = new TreeMap<>(Health.of(decisions).figures());
        put(
                figures,
                Coverage.of("coverage", problems.stream().map(attempts::count).toList()));
        figures.put("coverage plain", coveredPlainly);
        figures.put("calls", (decisions.size() + attempts.critiques()) / (double) problems.size());
        if (attempts.critiques() > 0) {
            figures.put("critiques that leak", attempts.leaked() / (double) attempts.critiques());
        }
        if (!kept.isEmpty()) {
            figures.put(GUIDED, kept.stream().filter(Attempts::isGuided).count() / (double) kept.size());
            figures.put("gold tokens", goldTokens(kept));
        }
        byLevel(attempts, kept, levels, figures);
        return new GuidedHealth(figures);
    }

    private static double goldTokens(List<Sample> kept) {
        long gold = 0;
        long all = 0;
        for (Sample sample : kept) {
            gold += sample.tokens().count(Author.FORCED);
            all += sample.tokens().size();
        }
        return (double) gold / all;
    }

    private static void byLevel(Attempts attempts, List<Sample> kept, Levels levels, Map<String, Double> figures) {
        Map<Integer, List<Problem>> byLevel = new TreeMap<>();
        for (Problem problem : attempts.problems()) {
            levels.of(problem)
                    .ifPresent(level -> byLevel.computeIfAbsent(level, _ -> new ArrayList<>())
                            .add(problem));
        }
        long known = byLevel.values().stream().mapToLong(List::size).sum();
        if (2 * known < attempts.problems().size()) {
            return; // a task that makes new problems each round repeats only the commonest
        }
        byLevel.forEach((level, those) -> figures.put("coverage " + level, attempts.coverage(those)));

        Map<String, Integer> keptOf = new HashMap<>();
        kept.forEach(sample -> keptOf.merge(sample.problem().id(), 1, Integer::sum));
        List<TailNarrowing.Item> items = new ArrayList<>();
        byLevel.forEach((level, those) -> those.forEach(
                problem -> items.add(new TailNarrowing.Item(level, 1, keptOf.getOrDefault(problem.id(), 0)))));
        TailNarrowing.figure("tail narrowing", items).ifPresent(figure -> put(figures, figure));
    }

    private static void put(Map<String, Double> figures, Figure figure) {
        figures.put(figure.name(), figure.value());
        figures.put(figure.name() + " low", figure.low());
        figures.put(figure.name() + " high", figure.high());
    }
}
