package dev.hone.run;

import dev.hone.data.Model;
import dev.hone.data.Verifier;
import java.util.SortedMap;

/// What happens in a run. Log, progress display, dashboard and tests listen to the same events; library code
/// never prints.
public sealed interface RunEvent {

    /// @param step name of the step
    /// @param done of `total` `unit`
    record Progress(String step, int round, long done, long total, String unit, String detail) implements RunEvent {}

    /// A step has ended and its result is stored.
    ///
    /// @param seconds spent on it, over all starts of the run
    record StepDone(String step, int round, double seconds) implements RunEvent {}

    /// The health of a round, by name of the figure (see `dev.hone.measure.Health`).
    record RoundHealth(int round, SortedMap<String, Double> figures) implements RunEvent {}

    /// A model was offered.
    record Offered(int round, Model model) implements RunEvent {}

    /// What chooses among samples of a round's model was offered.
    record OfferedVerifier(int round, String name, Verifier verifier) implements RunEvent {}

    /// Something that a reader of the log should know, such as a round in which nothing was right.
    record Note(int round, String text) implements RunEvent {}
}
