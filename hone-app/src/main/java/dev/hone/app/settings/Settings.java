package dev.hone.app.settings;

import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a run is to do: a value for each [Key]. Immutable.
public final class Settings {
    private static final Settings STANDARD = new Settings(standard());

    private final Map<Key<?>, Object> values;

    private Settings(Map<Key<?>, Object> values) {
        this.values = values;
    }

    /// Every key at its default.
    public static Settings defaults() {
        return STANDARD;
    }

    private static Map<Key<?>, Object> standard() {
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        Key.ALL.forEach(key -> values.put(key, key.standard()));
        return values;
    }

    public <T> T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no setting \"" + key + "\"; it is missing in Key.ALL");
        }
        return key.cast(value);
    }

    public <T> Settings with(Key<T> key, T value) {
        Map<Key<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return new Settings(copy);
    }

    /// Everything that is wrong, in words; empty if nothing is.
    public List<String> validate() {
        List<String> problems = new ArrayList<>();
        values.forEach((key, value) -> key.problem(value).ifPresent(problems::add));
        problems.addAll(between());
        return List.copyOf(problems);
    }

    /// What is wrong between values that are each allowed.
    List<String> between() {
        List<String> problems = new ArrayList<>();
        if (get(Key.FROM) == RoundPolicy.From.BASE && get(Key.OPTIMIZER) == Start.OptimizerState.CARRIED) {
            problems.add("policy.optimizer must be fresh when policy.start is base: every round starts anew");
        }
        if (get(Key.PROBLEMS) == Key.ALL_PROBLEMS && !isTaskFile()) {
            problems.add("problems must be a whole number for the task \"" + get(Key.TASK)
                    + "\", which makes up as many as it is asked for; \"all\" is for a file");
        }
        return problems;
    }

    public boolean isTaskFile() {
        return get(Key.TASK).endsWith(".jsonl");
    }

    public RoundPolicy policy() {
        RoundPolicy.Window window = get(Key.WINDOW) == Key.ALL_ROUNDS
                ? new RoundPolicy.Window.All()
                : new RoundPolicy.Window.Last(get(Key.WINDOW));
        return new RoundPolicy(get(Key.FROM), get(Key.OPTIMIZER), window);
    }

    public Training training() {
        Training.AdamW standard = Training.AdamW.standard();
        return new Training(
                new Training.Length.Steps(get(Key.STEPS)),
                get(Key.BATCH),
                get(Key.RATE),
                new Training.Schedule(get(Key.WARMUP), get(Key.DECAY)),
                new Training.AdamW(standard.beta1(), standard.beta2(), standard.epsilon(), get(Key.WEIGHT_DECAY)),
                get(Key.CLIP),
                Training.Order.SHUFFLED);
    }

    /// By dotted name, in the order of [Key#ALL], as a file would have them.
    public Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        values.forEach((key, value) -> written.put(key.name(), key.write(value)));
        return written;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return written().toString();
    }
}
