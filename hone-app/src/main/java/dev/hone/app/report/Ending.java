package dev.hone.app.report;

import dev.hone.store.PeakMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the terminal says when a run has ended.
public final class Ending {
    private Ending() {}

    /// @param files as [ReportFolder#write] gives them
    public static List<String> lines(Results results, List<Path> files) {
        int problems = results.base().exam().figures().getFirst().n();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(results.base().exam().exam() + ", " + Numbers.whole(problems)
                + " problems that no round has seen; in brackets 95% intervals");
        lines.add("");
        lines.addAll(RoundTable.withCost(results).lines());
        lines.add("");
        lines.add(verdict(results));
        lines.addAll(choices(results.last()));
        lines.add("");
        lines.add("time    " + phases(results));
        lines.add("memory  " + memory(results.memory()));
        lines.add("report  " + files.getFirst());
        lines.addAll(Fonts.plotLines(files));
        lines.add("model   " + results.modelFolder());
        return lines;
    }

    private static List<String> choices(Results.Round round) {
        List<Integer> sizes = ChoiceTable.sizes(round);
        if (sizes.isEmpty()) {
            return List.of();
        }
        List<String> lines =
                new ArrayList<>(List.of("", "one of " + sizes.getLast() + " samples of " + round.label(), ""));
        lines.addAll(ChoiceTable.ofAll(round).lines());
        return lines;
    }

    /// One sentence on what came of it, by the interval of the paired change of pass@1.
    public static String verdict(Results results) {
        if (results.rounds().size() < 2) {
            return "The base model alone was measured.";
        }
        var change = results.change("pass@1");
        String figures = "pass@1 "
                + Numbers.percent(results.start().exam().figure("pass@1").value()) + " -> "
                + Numbers.percent(results.last().exam().figure("pass@1").value()) + ", change "
                + Numbers.interval(change, true, true) + " points";
        if (change.low() > 0) {
            return "Better: " + figures + ".";
        }
        return change.high() < 0
                ? "Worse: " + figures + "."
                : "No clear change: " + figures + "; the interval holds 0.";
    }

    /// The result in a few words, for a list of runs.
    public static String headline(Results results) {
        var change = results.change("pass@1");
        return "pass@1 "
                + Numbers.percent(results.start().exam().figure("pass@1").value()) + " -> "
                + Numbers.percent(results.last().exam().figure("pass@1").value()) + ", "
                + Numbers.interval(change, true, true);
    }

    private static String phases(Results results) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Double> phase : results.phases().entrySet()) {
            parts.add(phase.getKey() + " " + Numbers.duration(phase.getValue()));
        }
        return String.join(", ", parts) + "; in all " + Numbers.duration(results.seconds());
    }

    /// Peaks by phase, whole and outside of the Java heap.
    public static String memory(Map<String, PeakMemory> phases) {
        if (phases.isEmpty()) {
            return "not known: this system does not tell";
        }
        List<String> all = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        phases.forEach((phase, peak) -> {
            all.add(phase + " " + Numbers.fixed(peak.resident() / 1e9, 1));
            outside.add(Numbers.fixed(peak.nativeBytes() / 1e9, 1));
        });
        return String.join(", ", all) + " GB at most; native " + String.join(", ", outside);
    }
}
