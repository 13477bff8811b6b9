package dev.hone.app.report;

import dev.hone.data.Lineage;
import dev.hone.measure.Bootstrap;
import dev.hone.store.PeakMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The report that a person reads.
final class Markdown {
    private Markdown() {}

    static String of(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + results.method() + " on " + results.task());
        lines.add("");
        lines.add("Run `" + results.run() + "`, exam `" + results.base().exam().exam() + "`.");
        section(lines, "Figures", RoundTable.measured(results).markdown());
        lines.add("");
        lines.add(Fonts.picture("Right answers by round", "plot.svg"));
        lines.add("");
        lines.addAll(method(results));
        choices(results, lines);
        section(lines, "Health by round", health(results).markdown());
        section(lines, "Models", lineage(results).markdown());
        section(lines, "Settings", settings(results).markdown());
        section(lines, "Time and memory", times(results).markdown());
        lines.add("");
        lines.add("Everything above this section is the same for the same settings and the same kind of machine; "
                + "times and memory are not.");
        lines.add("Memory is the most that the process held in a phase, and what of it was native: outside of the "
                + "Java heap.");
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String title, List<String> table) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.addAll(table);
    }

    private static List<String> method(Results results) {
        int problems = results.base().exam().figures().getFirst().n();
        List<String> lines = new ArrayList<>(List.of(
                "In brackets: 95% intervals by the percentile bootstrap over the " + Numbers.whole(problems)
                        + " problems, " + Numbers.whole(Bootstrap.RESAMPLES)
                        + " resamples. A problem's samples stay together.",
                "The change is the last model minus the " + results.start().label()
                        + (results.start().label().equals("base") ? " model" : "")
                        + ", paired by problem. No problem of this exam was "
                        + "open to the method;",
                "it was drawn up after the last round had been learned.",
                "",
                "`greedy` is the likeliest answer; `pass@1` the share of drawn samples that are right; `pass@k` the "
                        + "share of problems that at least",
                "one of k samples solves. A pass@k that hardly moves while pass@1 rises means that the model became "
                        + "surer of what it",
                "could already do, rather than able to do more."));
        if (results.names().stream().anyMatch(name -> name.matches(".* of \\d+ right"))) {
            lines.addAll(diversity());
        }
        return lines;
    }

    private static List<String> diversity() {
        return List.of(
                "",
                "`pass@k-s` is the chance that k samples hold s different right ones. What is told `of s right` is of the first s "
                        + "right samples",
                "of each problem that has so many: `distinct-n`, different n-grams of words over all, the mean of n from 1 "
                        + "to 5; `distinct equations`,",
                "different calculations over all; `edit distance`, in words over the longer text, the mean over pairs; "
                        + "`embedding diversity`, one minus",
                "the mean cosine of their character n-grams. A problem with fewer is left out, and of a change also one that "
                        + "has fewer before or after.",
                "`level 1` to `level 5` are the shares of problems of which at least 80%, 60%, 40%, 20% and fewer of the drawn "
                        + "samples are right.");
    }

    /// Of the last round, and of each other with a verifier.
    private static void choices(Results results, List<String> lines) {
        List<Results.Round> rounds = results.rounds().stream()
                .filter(round -> !ChoiceTable.sizes(round).isEmpty())
                .filter(round -> round.equals(results.last()) || ChoiceTable.hasVerifier(round))
                .toList();
        for (Results.Round round : rounds) {
            section(
                    lines,
                    "One of " + ChoiceTable.sizes(round).getLast() + " samples of " + round.label(),
                    ChoiceTable.ofAll(round).markdown());
            if (ChoiceTable.hasVerifier(round)) {
                lines.add("");
                lines.addAll(ChoiceTable.bySize(round).markdown());
            }
        }
        if (!rounds.isEmpty()) {
            lines.addAll(List.of(
                    "",
                    "All choose among the same samples. `chance` is pass@1, `majority` the answer that most samples give "
                            + "(maj@k), `own likelihood` the sample",
                    "that the model finds likeliest, `whoever knows` pass@k, which no choice can be better than. Ties count as "
                            + "the mean over their orders."));
        }
        if (rounds.stream().anyMatch(ChoiceTable::hasVerifier)) {
            lines.addAll(List.of(
                    "A verifier that learned from pairs chooses by the likelihood of the whole sample; `per token` by its mean, "
                            + "`as reward` by what it",
                    "adds to its reference's. One that gets worse with more to choose from has fallen for something else than "
                            + "being right, such as being short."));
        }
    }

    private static Columns health(Results results) {
        TreeSet<String> names = new TreeSet<>();
        results.rounds().forEach(round -> names.addAll(round.health().keySet()));
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("figure"));
        results.rounds().forEach(round -> header.add(round.label()));
        rows.add(header);
        for (String name : names) {
            List<String> row = new ArrayList<>(List.of(name));
            for (Results.Round round : results.rounds()) {
                Double value = round.health().get(name);
                row.add(value == null ? "" : Numbers.small(value));
            }
            rows.add(row);
        }
        return new Columns(rows);
    }

    private static Columns lineage(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "model", "learned from", "in round"));
        for (Results.Round round : results.rounds()) {
            rows.add(
                    switch (round.model().lineage()) {
                        case Lineage.Given(String by) ->
                            List.of(round.label(), code(round.model().id()), "given: " + by, "");
                        case Lineage.Learned(String parent, String _, String _, int learned) ->
                            List.of(round.label(), code(round.model().id()), code(parent), Integer.toString(learned));
                    });
        }
        return new Columns(rows);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static Columns settings(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("setting", "value"));
        results.settings().forEach((name, value) -> rows.add(List.of(name, value)));
        return new Columns(rows);
    }

    private static Columns times(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("phase", "seconds", "memory", "native"));
        results.phases().forEach((phase, seconds) -> {
            PeakMemory peak = results.memory().get(phase);
            rows.add(List.of(
                    phase,
                    Numbers.fixed(seconds, 1),
                    peak == null ? "" : Numbers.gigabytes(peak.resident()),
                    peak == null ? "" : Numbers.gigabytes(peak.nativeBytes())));
        });
        rows.add(List.of("all", Numbers.fixed(results.seconds(), 1), "", ""));
        return new Columns(rows);
    }
}
