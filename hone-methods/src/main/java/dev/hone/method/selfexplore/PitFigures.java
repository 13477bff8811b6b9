package dev.hone.method.selfexplore;

import dev.hone.method.selfexplore.Explored.End;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/// How the exploration went, by name of the figure: `outcome pairs`, how many were explored; `explored`,
/// completions that it took; `pairs` that came of it; `pits` share of the explored that have one; `not
/// explored` share of those of which that could not be found out; `pit at step 1` ... `pit at step 5+`
/// shares of the pits; `pit step` their mean; `pit is first wrong` share of the pits that are the first
/// wrong step, of those where the task can tell.
///
/// **Paper** card self-explore, "What to reproduce at small scale".
record PitFigures(FirstWrong firstWrong) {
    private static final int SHOWN = 5;

    /// A pit at the first step has no good steps before it to keep. If that is usual, exploration found
    /// little.
    static final double TOO_OFTEN_FIRST = 0.5;

    static final String AT_FIRST = "pit at step 1";

    /// @param found at least one
    TreeMap<String, Double> of(PitSearch.Found found, int pairs) {
        TreeMap<String, Double> figures = new TreeMap<>();
        double explored = found.explored().size();
        figures.put("outcome pairs", explored);
        figures.put("explored", (double) found.completions());
        figures.put("pairs", (double) pairs);
        List<Explored> pits = found.explored().stream()
                .filter(each -> each.end() instanceof End.Pit)
                .toList();
        figures.put("pits", pits.size() / explored);
        double unknown = found.explored().stream()
                .filter(each -> each.end() instanceof End.Unknown)
                .count();
        figures.put("not explored", unknown / explored);
        if (!pits.isEmpty()) {
            steps(pits, figures);
            precision(pits, figures);
        }
        return figures;
    }

    private static int step(Explored explored) {
        return explored.reached().size() + 1;
    }

    private static void steps(List<Explored> pits, TreeMap<String, Double> figures) {
        for (int step = 1; step <= SHOWN; step++) {
            int shown = step;
            double count = pits.stream()
                    .filter(each -> Math.min(SHOWN, step(each)) == shown)
                    .count();
            figures.put("pit at step " + step + (step == SHOWN ? "+" : ""), count / pits.size());
        }
        figures.put(
                "pit step", pits.stream().mapToInt(PitFigures::step).average().orElseThrow());
    }

    private void precision(List<Explored> pits, TreeMap<String, Double> figures) {
        int known = 0;
        int hits = 0;
        for (Explored each : pits) {
            OptionalInt wrong =
                    firstWrong.in(each.pair().problem(), each.steps().text());
            if (wrong.isPresent()) {
                known++;
                hits += each.steps().before(step(each)).length() == wrong.getAsInt() ? 1 : 0;
            }
        }
        if (known > 0) {
            figures.put("pit is first wrong", (double) hits / known);
        }
    }
}
