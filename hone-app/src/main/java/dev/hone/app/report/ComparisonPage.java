package dev.hone.app.report;

import dev.hone.app.report.Comparison.Arm;
import dev.hone.app.report.Comparison.Course;
import dev.hone.app.report.Comparison.Point;
import dev.hone.data.Cost;
import dev.hone.data.Figure;
import dev.hone.measure.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What a comparison says, for the terminal, as Markdown and as JSON.
public final class ComparisonPage {
    private ComparisonPage() {}

    /// For the terminal.
    public static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>(List.of("", exam(comparison), ""));
        lines.addAll(figures(comparison).lines());
        lines.addAll(List.of("", "minus the model that the rounds start from", ""));
        lines.addAll(gains(comparison).lines());
        if (comparison.arms().size() > 1) {
            lines.addAll(List.of("", "minus " + comparison.against() + ", paired by seed and problem", ""));
            lines.addAll(leads(comparison).lines());
        }
        lines.addAll(List.of("", "spent, mean of a run", ""));
        lines.addAll(spent(comparison).lines());
        uneven(comparison).forEach(lines::add);
        return lines;
    }

    static String markdown(Comparison comparison) {
        List<String> lines = new ArrayList<>(List.of("# " + comparison.title(), "", exam(comparison) + ".", ""));
        lines.addAll(figures(comparison).markdown());
        lines.addAll(List.of(
                "",
                "`start` is the model that the rounds start from: what plainly asking again gives, and, as maj@k, what a"
                        + " vote among k answers gives; below is what that cost.",
                "",
                Fonts.picture("Right answers, and different right ones, by tokens drawn", "compare.png")));
        lines.addAll(List.of("", "## Minus the start", ""));
        lines.addAll(gains(comparison).markdown());
        if (comparison.arms().size() > 1) {
            lines.addAll(List.of("", "## Minus " + comparison.against() + ", paired by seed and problem", ""));
            lines.addAll(leads(comparison).markdown());
        }
        lines.addAll(List.of("", "## Spent, mean of a run", ""));
        lines.addAll(spent(comparison).markdown());
        uneven(comparison).forEach(line -> lines.addAll(List.of("", line)));
        lines.addAll(List.of("", "## By round, mean over seeds"));
        comparison.arms().forEach(arm -> {
            lines.addAll(List.of("", "### " + arm.name(), ""));
            lines.addAll(rounds(comparison, arm).markdown());
        });
        lines.addAll(List.of(
                "",
                "In brackets: 95% intervals by the bootstrap over seeds and problems, "
                        + Numbers.whole(Bootstrap.RESAMPLES) + " resamples. Few seeds tell little about other seeds.",
                "Times are of this machine and without measuring; everything else is the same for the same settings and"
                        + " kind of machine.",
                "",
                "## Runs",
                ""));
        lines.addAll(runs(comparison).markdown());
        return String.join("\n", lines) + "\n";
    }

    /// For a program.
    public static String json(Comparison comparison) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("hone", 1);
        page.put("title", comparison.title());
        page.put("against", comparison.against());
        page.put("seeds", comparison.seeds());
        Map<String, Object> start = new LinkedHashMap<>();
        comparison.names().forEach(name -> put(start, name, comparison.ofStart(name)));
        page.put("start", start);
        Map<String, Object> arms = new LinkedHashMap<>();
        comparison.arms().forEach(arm -> arms.put(arm.name(), arm(comparison, arm)));
        page.put("arms", arms);
        return Json.text(page);
    }

    private static Map<String, Object> arm(Comparison comparison, Arm arm) {
        Map<String, Object> end = new LinkedHashMap<>();
        Map<String, Object> gain = new LinkedHashMap<>();
        Map<String, Object> lead = new LinkedHashMap<>();
        for (String name : comparison.names()) {
            put(end, name, comparison.ofEnd(arm, name));
            put(gain, name, comparison.gain(arm, name));
            put(lead, name, comparison.lead(arm, name));
        }
        List<Map<String, Object>> runs = new ArrayList<>();
        for (Course run : arm.runs()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("run", run.run());
            one.put("learned tokens", run.learned());
            one.put("seconds", run.seconds());
            one.put(
                    "rounds",
                    run.points().stream()
                            .map(point -> {
                                Map<String, Object> round = new LinkedHashMap<>();
                                round.put("round", point.round());
                                round.put("samples", point.samples());
                                round.put("tokens", point.tokens());
                                point.exam().figures().stream()
                                        .filter(figure -> comparison.names().contains(figure.name()))
                                        .forEach(figure -> round.put(figure.name(), figure.value()));
                                return round;
                            })
                            .toList());
            runs.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("end", end);
        all.put("minus start", gain);
        all.put("minus against", lead);
        all.put("runs", runs);
        return all;
    }

    private static void put(Map<String, Object> to, String name, Optional<Figure> figure) {
        figure.ifPresent(known -> {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("value", known.value());
            parts.put("low", known.low());
            parts.put("high", known.high());
            to.put(name, parts);
        });
    }

    private static String exam(Comparison comparison) {
        int problems = comparison.start().getFirst().figures().getFirst().n();
        return comparison.start().getFirst().exam() + ", " + Numbers.whole(problems) + " unseen problems, "
                + comparison.seeds().size() + (comparison.seeds().size() == 1 ? " seed" : " seeds")
                + "; last round's model, in brackets 95% intervals";
    }

    /// The exam of each round, then what the method told of it.
    private static Columns rounds(Comparison comparison, Arm arm) {
        List<Integer> rounds =
                arm.runs().getFirst().points().stream().map(Point::round).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("figure"));
        rounds.forEach(round -> header.add(round == 0 ? "start" : "round " + round));
        rows.add(header);
        TreeSet<String> told = new TreeSet<>();
        rounds.forEach(round -> told.addAll(comparison.health(arm, round).keySet()));
        for (String name : comparison.names()) {
            List<String> row = new ArrayList<>(List.of(Numbers.isShare(name) ? name + " %" : name));
            rounds.forEach(round -> row.add(interval(comparison.ofRound(arm, round, name), false)));
            rows.add(row);
        }
        for (String name : told) {
            List<String> row = new ArrayList<>(List.of(name));
            for (int round : rounds) {
                Double value = comparison.health(arm, round).get(name);
                row.add(value == null ? "" : Numbers.small(value));
            }
            rows.add(row);
        }
        return new Columns(rows);
    }

    private static Columns figures(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells("arm", comparison.names(), name -> Numbers.isShare(name) ? name + " %" : name));
        rows.add(cells("start", comparison.names(), name -> interval(comparison.ofStart(name), false)));
        comparison
                .arms()
                .forEach(arm -> rows.add(
                        cells(arm.name(), comparison.names(), name -> interval(comparison.ofEnd(arm, name), false))));
        return Columns.narrow(rows);
    }

    /// Of the figures that the start has too.
    private static Columns gains(Comparison comparison) {
        List<String> names = comparison.names().stream()
                .filter(name -> comparison.ofStart(name).isPresent())
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells("arm", names, name -> name));
        comparison
                .arms()
                .forEach(arm -> rows.add(cells(arm.name(), names, name -> interval(comparison.gain(arm, name), true))));
        return Columns.narrow(rows);
    }

    /// Of the figures that another arm and the one that they are compared with both have.
    private static Columns leads(Comparison comparison) {
        List<Arm> others = comparison.arms().stream()
                .filter(arm -> !arm.name().equals(comparison.against()))
                .toList();
        List<String> names = comparison.names().stream()
                .filter(name -> others.stream()
                        .anyMatch(arm -> comparison.lead(arm, name).isPresent()))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = cells("arm", names, name -> name);
        header.add("pass@1 by seed");
        rows.add(header);
        for (Arm arm : others) {
            List<String> row = cells(arm.name(), names, name -> interval(comparison.lead(arm, name), true));
            row.add(String.join(
                    ", ",
                    comparison.leads(arm, "pass@1").stream()
                            .map(lead -> (lead < 0 ? "" : "+") + Numbers.fixed(100 * lead, 1))
                            .toList()));
            rows.add(row);
        }
        return Columns.narrow(rows);
    }

    private static Columns spent(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("arm", "samples", "tokens drawn", "tokens learned", "time"));
        Cost vote = comparison.start().getFirst().cost();
        rows.add(List.of("start, exam", Numbers.whole(vote.samples()), Numbers.whole(vote.generatedTokens()), "", ""));
        for (Arm arm : comparison.arms()) {
            rows.add(List.of(
                    arm.name(),
                    Numbers.whole(Math.round(mean(arm, run -> run.last().samples()))),
                    Numbers.whole(Math.round(mean(arm, run -> run.last().tokens()))),
                    Numbers.whole(Math.round(mean(arm, Course::learned))),
                    Numbers.duration(mean(arm, Course::seconds))));
        }
        return new Columns(rows);
    }

    /// Arms that begin with another model than the control, or drew a twentieth more or less.
    private static List<String> uneven(Comparison comparison) {
        double usual = mean(comparison.control(), run -> run.last().tokens());
        List<String> lines = new ArrayList<>();
        for (Arm arm : comparison.arms()) {
            if (!starts(arm).equals(starts(comparison.control()))) {
                lines.add("Not from the same model: the rounds of " + arm.name() + " start from another than those of "
                        + comparison.against() + ".");
            }
            double ratio = mean(arm, run -> run.last().tokens()) / Math.max(1, usual);
            if (Math.abs(ratio - 1) > 0.05) {
                lines.add("Not at equal budget: " + arm.name() + " drew " + Numbers.fixed(ratio, 2)
                        + " times the tokens of " + comparison.against() + ".");
            }
        }
        return lines;
    }

    private static List<String> starts(Arm arm) {
        return arm.runs().stream()
                .map(run -> run.points().getFirst().exam().model())
                .toList();
    }

    private static Columns runs(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("arm"));
        comparison.seeds().forEach(seed -> header.add("seed " + seed));
        rows.add(header);
        for (Arm arm : comparison.arms()) {
            List<String> row = new ArrayList<>(List.of(arm.name()));
            arm.runs().forEach(run -> row.add("`" + run.run() + "`"));
            rows.add(row);
        }
        return new Columns(rows);
    }

    private static double mean(Arm arm, ToDoubleFunction<Course> what) {
        return arm.runs().stream().mapToDouble(what).average().orElse(0);
    }

    private static List<String> cells(String label, List<String> names, Function<String, String> cell) {
        List<String> cells = new ArrayList<>(List.of(label));
        names.forEach(name -> cells.add(cell.apply(name)));
        return cells;
    }

    private static String interval(Optional<Figure> figure, boolean signed) {
        return figure.map(known -> Numbers.interval(known, Numbers.isShare(known.name()), signed))
                .orElse("");
    }
}
