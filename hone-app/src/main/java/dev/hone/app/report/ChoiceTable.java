package dev.hone.app.report;

import dev.hone.data.Figure;
import dev.hone.measure.Bootstrap;
import dev.hone.measure.Ranker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often one of several samples of a round's model is right, by who chooses it.
final class ChoiceTable {
    private static final Pattern MAJORITY = Pattern.compile("maj@(\\d+)");
    private static final Pattern RANKED = Pattern.compile("best-of-(\\d+) by (.+)");

    private ChoiceTable() {}

    /// Who chooses, and the figure of a choice among so many.
    private record Chooser(String label, IntFunction<String> figure) {}

    /// Whether a figure says what a choice gives.
    static boolean isChoice(String figure) {
        return MAJORITY.matcher(figure).matches() || RANKED.matcher(figure).matches();
    }

    /// From how many samples a choice was made, rising; empty where one only was drawn.
    static List<Integer> sizes(Results.Round round) {
        return names(round).stream()
                .map(MAJORITY::matcher)
                .filter(Matcher::matches)
                .map(name -> Integer.valueOf(name.group(1)))
                .sorted()
                .toList();
    }

    /// Whether somebody chooses whom the method offered.
    static boolean hasVerifier(Results.Round round) {
        return rankers(round).stream().anyMatch(ranker -> !ranker.equals(Ranker.OWN.name()));
    }

    /// Among as many as there are, beside the majority.
    ///
    /// @param round of which [#sizes] knows some
    static Columns ofAll(Results.Round round) {
        int k = sizes(round).getLast();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("chosen by", "right %", "beside the majority"));
        for (Chooser chooser : choosers(round)) {
            String figure = chooser.figure.apply(k);
            rows.add(List.of(
                    chooser.label,
                    Numbers.interval(round.exam().figure(figure), true, false),
                    figure.equals("maj@" + k) ? "" : Numbers.interval(beside(round, "maj@" + k, figure), true, true)));
        }
        return new Columns(rows);
    }

    /// Among fewer as well.
    static Columns bySize(Results.Round round) {
        List<Integer> sizes = sizes(round);
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("chosen by"));
        sizes.forEach(k -> header.add("of " + k + " %"));
        rows.add(header);
        for (Chooser chooser : choosers(round)) {
            List<String> row = new ArrayList<>(List.of(chooser.label));
            sizes.forEach(k -> row.add(Numbers.interval(round.exam().figure(chooser.figure.apply(k)), true, false)));
            rows.add(row);
        }
        return new Columns(rows);
    }

    private static Figure beside(Results.Round round, String majority, String figure) {
        return Bootstrap.change(
                figure + " - " + majority, Results.perProblem(round, majority), Results.perProblem(round, figure));
    }

    private static List<String> names(Results.Round round) {
        return round.exam().figures().stream().map(Figure::name).toList();
    }

    private static List<String> rankers(Results.Round round) {
        return names(round).stream()
                .map(RANKED::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(2))
                .distinct()
                .toList();
    }

    private static List<Chooser> choosers(Results.Round round) {
        List<Chooser> choosers = new ArrayList<>();
        choosers.add(new Chooser("chance", _ -> "pass@1"));
        choosers.add(new Chooser("majority", k -> "maj@" + k));
        rankers(round).forEach(ranker -> choosers.add(new Chooser(ranker, k -> "best-of-" + k + " by " + ranker)));
        choosers.add(new Chooser("whoever knows", k -> "pass@" + k));
        return choosers;
    }
}
