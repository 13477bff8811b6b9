package dev.hone.app.wiring;

import dev.hone.data.Model;
import dev.hone.data.Verifier;
import dev.hone.run.RunEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Listens to a run and remembers what a report needs: the offered models and verifiers, the health of
/// each round, and how long steps took. A resumed run tells what it had finished again, so that
/// nothing is missing.
public final class Chronicle implements Consumer<RunEvent> {
    private final SortedMap<Integer, Model> offered = new TreeMap<>();
    private final Map<Integer, SequencedMap<String, Verifier>> verifiers = new TreeMap<>();
    private final Map<Integer, SortedMap<String, Double>> health = new TreeMap<>();
    private final Map<String, Double> seconds = new TreeMap<>();

    /// Synchronized: events may come from any thread; the lock protects the maps.
    @Override
    public synchronized void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Offered(int round, Model model) -> offered.put(round, model);
            case RunEvent.OfferedVerifier(int round, String name, Verifier verifier) ->
                verifiers.computeIfAbsent(round, _ -> new LinkedHashMap<>()).put(name, verifier);
            case RunEvent.RoundHealth(int round, SortedMap<String, Double> figures) ->
                health.computeIfAbsent(round, _ -> new TreeMap<>()).putAll(figures);
            case RunEvent.StepDone(String step, int round, double spent) -> seconds.put(key(step, round), spent);
            case RunEvent.Progress _, RunEvent.Note _ -> {}
        }
    }

    synchronized SortedMap<Integer, Model> offered() {
        return new TreeMap<>(offered);
    }

    /// By name, in the order in which they were offered.
    synchronized SequencedMap<String, Verifier> verifiers(int round) {
        return new LinkedHashMap<>(verifiers.getOrDefault(round, new LinkedHashMap<>()));
    }

    synchronized SortedMap<String, Double> health(int round) {
        return new TreeMap<>(health.getOrDefault(round, new TreeMap<>()));
    }

    synchronized double seconds(String step, int round) {
        return seconds.getOrDefault(key(step, round), 0.0);
    }

    private static String key(String step, int round) {
        return step + "/" + round;
    }
}
