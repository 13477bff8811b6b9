package dev.hone.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The exam's figures by round, with their intervals and the change from the base model to the last.
///
/// @param names of the figures that are shown
record RoundTable(Results results, List<String> names) {

    /// With what each exam cost, without what [ChoiceTable] shows; for the terminal.
    static Columns withCost(Results results) {
        RoundTable table = new RoundTable(
                results,
                shown(results).stream()
                        .filter(name -> !ChoiceTable.isChoice(name))
                        .toList());
        return table.columns(
                List.of("tokens", "s"),
                round -> List.of(
                        Numbers.brief(round.exam().cost().generatedTokens()),
                        Long.toString(Math.round(round.seconds()))));
    }

    /// With tokens, without times, so that equal runs give equal tables.
    static Columns measured(Results results) {
        return new RoundTable(results, shown(results))
                .columns(
                        List.of("tokens"),
                        round -> List.of(Numbers.whole(round.exam().cost().generatedTokens())));
    }

    private static List<String> shown(Results results) {
        return results.names().stream().filter(name -> !name.equals("unjudged")).toList();
    }

    private Columns columns(List<String> more, Function<Results.Round, List<String>> cost) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells("round", name -> Numbers.isShare(name) ? name + " %" : name, more));
        for (Results.Round round : results.rounds()) {
            rows.add(cells(
                    round.brief(),
                    name -> Numbers.interval(round.exam().figure(name), Numbers.isShare(name), false),
                    cost.apply(round)));
        }
        if (results.rounds().size() > 1) {
            rows.add(cells(
                    "change",
                    name -> Numbers.interval(results.change(name), Numbers.isShare(name), true),
                    more.stream().map(_ -> "").toList()));
        }
        return Columns.narrow(rows);
    }

    private List<String> cells(String label, Function<String, String> cell, List<String> more) {
        List<String> cells = new ArrayList<>(List.of(label));
        names.forEach(name -> cells.add(cell.apply(name)));
        cells.addAll(more);
        return cells;
    }
}
