package dev.hone.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The exam's figures by round, with their intervals and the change from the base model to the last.
final class RoundTable {
    private RoundTable() {}

    /// With what each exam cost; for the terminal.
    static Columns withCost(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(results, List.of("tokens", "s")));
        for (Results.Round round : results.rounds()) {
            rows.add(row(
                    results,
                    round,
                    List.of(
                            Numbers.brief(round.exam().cost().generatedTokens()),
                            Long.toString(Math.round(round.seconds())))));
        }
        if (results.rounds().size() > 1) {
            rows.add(change(results, List.of("", "")));
        }
        return new Columns(rows);
    }

    /// With tokens, without times, so that equal runs give equal tables.
    static Columns measured(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(results, List.of("tokens")));
        for (Results.Round round : results.rounds()) {
            rows.add(row(
                    results, round, List.of(Numbers.whole(round.exam().cost().generatedTokens()))));
        }
        if (results.rounds().size() > 1) {
            rows.add(change(results, List.of("")));
        }
        return new Columns(rows);
    }

    private static List<String> header(Results results, List<String> more) {
        return cells("round", results, name -> isShare(name) ? name + " %" : name, more);
    }

    private static List<String> row(Results results, Results.Round round, List<String> more) {
        return cells(
                round.brief(),
                results,
                name -> Numbers.interval(round.exam().figure(name), isShare(name), false),
                more);
    }

    private static List<String> change(Results results, List<String> more) {
        return cells("change", results, name -> Numbers.interval(results.change(name), isShare(name), true), more);
    }

    private static List<String> cells(String label, Results results, Function<String, String> cell, List<String> more) {
        List<String> cells = new ArrayList<>(List.of(label));
        results.names().stream().filter(name -> !name.equals("unjudged")).forEach(name -> cells.add(cell.apply(name)));
        cells.addAll(more);
        return cells;
    }

    private static boolean isShare(String name) {
        return !name.equals("distinct right");
    }
}
