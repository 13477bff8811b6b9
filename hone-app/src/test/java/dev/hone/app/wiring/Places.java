package dev.hone.app.wiring;

import dev.hone.run.RunEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where a process dies: the first time at each place that is chosen, and never again there, however often it is
/// started.
///
/// @param chosen by name
/// @param died where it did so far
record Places(Predicate<String> chosen, Set<String> died) {

    /// How the names of places begin that come after a round's model was offered.
    static final String OFFERED = "after the model of ";

    /// The death of a process, as far as one process can play it.
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;

        Death(String place) {
            super("died " + place);
        }
    }

    /// Lives.
    static Places none() {
        return where(_ -> false);
    }

    static Places where(Predicate<String> chosen) {
        return new Places(chosen, new HashSet<>());
    }

    /// @throws Death if it is time
    void at(String place) {
        if (chosen.test(place) && died.add(place)) {
            throw new Death(place);
        }
    }

    /// Hears an event, which comes after something was put on record, and then may die.
    Consumer<RunEvent> after(Consumer<RunEvent> listener) {
        return event -> {
            listener.accept(event);
            switch (event) {
                case RunEvent.Progress progress ->
                    at("when " + progress.step() + "/" + progress.round() + " is at " + progress.done());
                case RunEvent.StepDone(String step, int round, double _) ->
                    at("when " + step + "/" + round + " is done");
                case RunEvent.RoundHealth(int round, SortedMap<String, Double> figures) ->
                    at("after figures of " + round + ": " + figures.keySet());
                case RunEvent.Offered(int round, var _) -> at(OFFERED + round);
                case RunEvent.OfferedVerifier(int round, String name, var _) ->
                    at("after the " + name + " of " + round);
                case RunEvent.Note(int round, String text) -> at("after a note on " + round + ": " + text);
            }
        };
    }
}
