package dev.hone.app.settings;

import dev.hone.learn.Adaptation;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a run is to do, or how a model is made: a value for each [Key]. Immutable.
public final class Settings {
    private final Schema schema;
    private final Map<Key<?>, Object> values;

    private Settings(Schema schema, Map<Key<?>, Object> values) {
        this.schema = schema;
        this.values = values;
    }

    /// A run with every key at its default.
    ///
    /// @param methods that there are to choose from
    public static Settings defaults(List<MethodKeys> methods) {
        return standard(Schema.run(methods));
    }

    /// The making of a model with every key at its default.
    public static Settings recipe() {
        return standard(Schema.RECIPE);
    }

    private static Settings standard(Schema schema) {
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        schema.keys().forEach(key -> values.put(key, key.standard()));
        return new Settings(schema, values);
    }

    Schema schema() {
        return schema;
    }

    public <T> T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no setting \"" + key + "\"; it is not in the list of keys");
        }
        return key.cast(value);
    }

    public <T> Settings with(Key<T> key, T value) {
        Map<Key<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return new Settings(schema, copy);
    }

    /// Everything that is wrong, in words; empty if nothing is.
    public List<String> validate() {
        List<String> problems = new ArrayList<>();
        values.forEach((key, value) -> key.problem(value).ifPresent(problems::add));
        problems.addAll(schema.between().apply(this));
        return List.copyOf(problems);
    }

    public boolean isTaskFile() {
        return get(RunKeys.TASK).endsWith(".jsonl");
    }

    /// The program that learns, with its arguments; empty if the local engine does.
    public List<String> command() {
        return get(RunKeys.COMMAND).equals(CommandWords.NONE)
                ? List.of()
                : CommandWords.of(get(RunKeys.COMMAND)).orElseThrow();
    }

    public RoundPolicy policy() {
        RoundPolicy.Window window = get(RunKeys.WINDOW) == RunKeys.ALL_ROUNDS
                ? new RoundPolicy.Window.All()
                : new RoundPolicy.Window.Last(get(RunKeys.WINDOW));
        return new RoundPolicy(get(RunKeys.FROM), get(RunKeys.OPTIMIZER), window, get(RunKeys.SCHEDULE));
    }

    /// Of a round.
    public Training training() {
        return training(get(RunKeys.EPOCHS), get(RunKeys.RATE));
    }

    /// Of the warm start: a round's, but for what is said of the warm start.
    public Training warmStart() {
        return training(
                get(RunKeys.WARM_EPOCHS) == 0 ? get(RunKeys.EPOCHS) : get(RunKeys.WARM_EPOCHS),
                get(RunKeys.WARM_RATE) == 0 ? get(RunKeys.RATE) : get(RunKeys.WARM_RATE));
    }

    private Training training(int epochs, double rate) {
        Training.AdamW standard = Training.AdamW.standard();
        return new Training(
                        epochs == 0
                                ? new Training.Length.Steps(get(RunKeys.STEPS))
                                : new Training.Length.Epochs(epochs),
                        get(RunKeys.BATCH),
                        rate,
                        new Training.Schedule(get(RunKeys.WARMUP), get(RunKeys.DECAY)),
                        new Training.AdamW(
                                standard.beta1(), standard.beta2(), standard.epsilon(), get(RunKeys.WEIGHT_DECAY)),
                        get(RunKeys.CLIP),
                        Training.Order.SHUFFLED)
                .withAdaptation(adaptation());
    }

    /// Which weights learn; a recipe has no choice.
    private Adaptation adaptation() {
        int rank = schema.keys().contains(RunKeys.LORA_RANK) ? get(RunKeys.LORA_RANK) : 0;
        return rank == 0 ? new Adaptation.Full() : Adaptation.Lora.of(rank, get(RunKeys.LORA_ALPHA));
    }

    /// Of all that there are, dotted.
    public List<String> names() {
        return schema.names();
    }

    /// Those that the method reads, by dotted name, in a fixed order, as a file would have them.
    public Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (schema.misplaced(this, key).isEmpty()) {
                written.put(key.name(), key.write(value));
            }
        });
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
