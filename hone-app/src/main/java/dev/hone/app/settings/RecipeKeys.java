package dev.hone.app.settings;

import java.util.List;

/// What the making of a model has.
public final class RecipeKeys {
    public static final Key<String> CHARACTERS = Key.text(
            "shape.characters",
            "0123456789+-*/=;,>:() ",
            new Rule<>(
                    "one or more characters, each once",
                    value -> !value.isEmpty()
                            && value.codePoints().distinct().count()
                                    == value.codePoints().count()),
            "that the model reads and writes");
    public static final Key<Integer> HIDDEN = Key.count("shape.hidden", 128, "width of the residual stream");
    public static final Key<Integer> INTERMEDIATE = Key.count("shape.intermediate", 384, "width of the gated part");
    public static final Key<Integer> LAYERS = Key.count("shape.layers", 4, "decoder layers");
    public static final Key<Integer> HEADS = Key.count("shape.heads", 4, "attention heads");
    public static final Key<Integer> CONTEXT = Key.count("shape.context", 128, "longest text in tokens");
    public static final Key<Integer> WORKED_PROBLEMS =
            Key.count("worked.problems", 20_000, "training problems whose worked answers are learned");
    public static final Key<Integer> WORKED_ANSWERS = Key.count("worked.answers", 1, "worked answers of each, at most");

    /// What a recipe of a model has, in the order in which it is written.
    static final List<Key<?>> ALL = List.of(
            RunKeys.TASK,
            RunKeys.SEED,
            CHARACTERS,
            HIDDEN,
            INTERMEDIATE,
            LAYERS,
            HEADS,
            CONTEXT,
            WORKED_PROBLEMS,
            WORKED_ANSWERS,
            RunKeys.STEPS,
            RunKeys.EPOCHS,
            RunKeys.BATCH,
            RunKeys.RATE,
            RunKeys.WARMUP,
            RunKeys.DECAY,
            RunKeys.WEIGHT_DECAY,
            RunKeys.CLIP,
            RunKeys.MAX_TOKENS,
            RunKeys.VALIDATION_PROBLEMS);

    private RecipeKeys() {}
}
