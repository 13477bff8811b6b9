package dev.hone.app.settings;

import dev.hone.app.external.TextForm;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training.Schedule.Decay;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// One value that can be set: its name, default and range, and nothing else knows them.
///
/// @param <T> what it is read as
public final class Key<T> {
    /// The count that stands for `all`: every problem that a task has.
    public static final int ALL_PROBLEMS = Integer.MAX_VALUE;
    /// The rounds of the `window` that stand for `all`.
    public static final int ALL_ROUNDS = Integer.MAX_VALUE;

    private static final Rule<Integer> COUNT = new Rule<>("a whole number of at least 1", value -> value >= 1);
    private static final Rule<Double> POSITIVE =
            new Rule<>("a finite number above 0", value -> value > 0 && !value.isInfinite());
    private static final Rule<Double> NOT_NEGATIVE =
            new Rule<>("a finite number of at least 0", value -> value >= 0 && !value.isInfinite());
    private static final Rule<Double> SHARE = new Rule<>("in [0, 1)", value -> value >= 0 && value < 1);

    private static final Rule<Double> SHARE_TO_1 = new Rule<>("in (0, 1]", value -> value > 0 && value <= 1);

    public static final Key<String> METHOD = text("method", "star", "how to improve; see hone methods");
    public static final Key<String> MODEL =
            text("model", "embedded", "a Hugging Face folder, a GGUF file, or embedded");
    public static final Key<String> TASK =
            text("task", "countdown", "a name of hone tasks, or a file that ends in .jsonl");
    public static final Key<Long> SEED =
            new Key<>("seed", Long.class, 1L, "of everything random", Key::longNumber, Object::toString, anyLong());
    public static final Key<Integer> ROUNDS = count("rounds", 3, "rounds of improvement");
    public static final Key<Integer> PROBLEMS =
            countOrAll("problems", 5000, ALL_PROBLEMS, "problems a round; all: every one in the file");
    public static final Key<Integer> SAMPLES = count("samples", 4, "samples a problem");
    public static final Key<Integer> KEEP = count("keep", 4, "right samples of a problem to learn from, at most");

    /// Below 1, as in RFT (0.7; card star-family-bstar): what a model is rather sure of is more often right,
    /// and a round
    /// then needs fewer samples for as many to learn from.
    public static final Key<Double> TEMPERATURE =
            real("sampling.temperature", 0.5, NOT_NEGATIVE, "of the samples to learn from; 0 is greedy");
    public static final Key<Integer> TOP_K =
            countOrNone("sampling.top-k", "only so many likeliest tokens are drawn from; 0: all");
    public static final Key<Double> TOP_P = real(
            "sampling.top-p", 1.0, SHARE_TO_1, "only the likeliest tokens are drawn from that have this probability");
    public static final Key<Double> MIN_P = real(
            "sampling.min-p",
            0.0,
            SHARE,
            "only tokens are drawn from that are this likely beside the likeliest; 0: all");
    public static final Key<Integer> MAX_TOKENS = count("sampling.max-tokens", 48, "of an answer, in the exam too");
    public static final Key<Integer> SAMPLING_BATCH = count("sampling.batch", 256, "sequences drawn at once");

    public static final Key<Precision> PRECISION =
            choice("engine.precision", Precision.class, Precision.AUTO, "the numbers that the local engine multiplies");
    public static final Key<SpecialTokens> SPECIAL_TOKENS = choice(
            "engine.special-tokens",
            SpecialTokens.class,
            SpecialTokens.TEXT,
            "what the text of a special token, such as </s>, is in a prompt or a worked answer");

    public static final Key<Integer> WARM_PROBLEMS = countOrNone(
            "warm-start.problems", "problems whose worked answers are learned before the first round; 0: none");

    public static final Key<From> FROM =
            choice("policy.start", From.class, From.PREVIOUS, "the weights from which a round learns");
    public static final Key<OptimizerState> OPTIMIZER = choice(
            "policy.optimizer", OptimizerState.class, OptimizerState.FRESH, "the optimizer's moments at a new round");
    public static final Key<Integer> WINDOW =
            countOrAll("policy.window", ALL_ROUNDS, ALL_ROUNDS, "the last so many rounds' samples to learn from");

    public static final Key<Integer> STEPS = count("learning.steps", 100, "optimizer steps a round");
    public static final Key<Integer> EPOCHS =
            countOrNone("learning.epochs", "passes over the examples; 0: learning.steps counts instead");
    public static final Key<Integer> BATCH = count("learning.batch", 128, "examples in a step");
    public static final Key<Double> RATE = real("learning.rate", 5e-4, POSITIVE, "peak learning rate");
    public static final Key<Double> WARMUP =
            real("learning.warmup", 0.05, SHARE, "share of the steps in which it rises");
    public static final Key<Decay> DECAY = choice("learning.decay", Decay.class, Decay.COSINE, "how it falls after");
    public static final Key<Double> WEIGHT_DECAY = real("learning.weight-decay", 0.0, NOT_NEGATIVE, "of AdamW");
    public static final Key<Double> CLIP =
            real("learning.max-gradient-norm", 1.0, POSITIVE, "longer gradients are scaled down to it");
    public static final Key<String> COMMAND = new Key<>(
            "learning.command",
            String.class,
            CommandWords.NONE,
            "a program that learns instead of the local engine, from {examples} and {model} into {out}; see models.md",
            Optional::of,
            value -> value,
            new Rule<>(
                    "none, or a program and its arguments, with every quote closed",
                    value -> CommandWords.of(value).isPresent()));
    public static final Key<TextForm> COMMAND_ROWS = choice(
            "learning.command-rows",
            TextForm.class,
            TextForm.PLAIN,
            "how examples are written for that program: as strings, or as chat messages");

    public static final Key<Integer> VALIDATION_PROBLEMS =
            count("validation.problems", 200, "validation problems that each round's model answers greedily");
    public static final Key<Integer> EXAM_PROBLEMS = count("exam.problems", 1000, "test problems");
    public static final Key<Integer> EXAM_SAMPLES = count("exam.samples", 8, "samples of each, besides the greedy one");

    /// What a run has, in the order in which it is written.
    public static final List<Key<?>> ALL = List.of(
            METHOD,
            MODEL,
            TASK,
            SEED,
            ROUNDS,
            PROBLEMS,
            SAMPLES,
            KEEP,
            TEMPERATURE,
            TOP_K,
            TOP_P,
            MIN_P,
            MAX_TOKENS,
            SAMPLING_BATCH,
            PRECISION,
            SPECIAL_TOKENS,
            WARM_PROBLEMS,
            FROM,
            OPTIMIZER,
            WINDOW,
            STEPS,
            EPOCHS,
            BATCH,
            RATE,
            WARMUP,
            DECAY,
            WEIGHT_DECAY,
            CLIP,
            COMMAND,
            COMMAND_ROWS,
            VALIDATION_PROBLEMS,
            EXAM_PROBLEMS,
            EXAM_SAMPLES);

    public static final Key<String> CHARACTERS =
            text("shape.characters", "0123456789+-*/=;,>:() ", "that the model reads and writes, each once");
    public static final Key<Integer> HIDDEN = count("shape.hidden", 128, "width of the residual stream");
    public static final Key<Integer> INTERMEDIATE = count("shape.intermediate", 384, "width of the gated part");
    public static final Key<Integer> LAYERS = count("shape.layers", 4, "decoder layers");
    public static final Key<Integer> HEADS = count("shape.heads", 4, "attention heads");
    public static final Key<Integer> CONTEXT = count("shape.context", 128, "longest text in tokens");
    public static final Key<Integer> WORKED_PROBLEMS =
            count("worked.problems", 20_000, "training problems whose worked answers are learned");
    public static final Key<Integer> WORKED_ANSWERS = count("worked.answers", 1, "worked answers of each, at most");

    /// What a recipe of a model has, in the order in which it is written.
    public static final List<Key<?>> RECIPE = List.of(
            TASK,
            SEED,
            CHARACTERS,
            HIDDEN,
            INTERMEDIATE,
            LAYERS,
            HEADS,
            CONTEXT,
            WORKED_PROBLEMS,
            WORKED_ANSWERS,
            STEPS,
            EPOCHS,
            BATCH,
            RATE,
            WARMUP,
            DECAY,
            WEIGHT_DECAY,
            CLIP,
            MAX_TOKENS,
            VALIDATION_PROBLEMS);

    private final String name;
    private final Class<T> type;
    private final T standard;
    private final String meaning;
    private final Function<String, Optional<T>> parse;
    private final Function<T, String> write;
    private final Rule<T> rule;

    /// @param allowed in words that follow "must be"
    private record Rule<T>(String allowed, Predicate<T> holds) {}

    private Key(
            String name,
            Class<T> type,
            T standard,
            String meaning,
            Function<String, Optional<T>> parse,
            Function<T, String> write,
            Rule<T> rule) {
        this.name = name;
        this.type = type;
        this.standard = standard;
        this.meaning = meaning;
        this.parse = parse;
        this.write = write;
        this.rule = rule;
    }

    /// Dotted, as in `learning.batch`.
    public String name() {
        return name;
    }

    public T standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    Optional<T> parse(String text) {
        return parse.apply(text.strip());
    }

    String write(Object value) {
        return write.apply(type.cast(value));
    }

    /// What is wrong with a value, if anything is.
    Optional<String> problem(Object value) {
        return rule.holds.test(type.cast(value)) ? Optional.empty() : Optional.of(refusal(write(value)));
    }

    String refusal(String received) {
        return name + " must be " + rule.allowed + " but was " + received;
    }

    @Override
    public String toString() {
        return name;
    }

    private static Key<String> text(String name, String standard, String meaning) {
        return new Key<>(
                name,
                String.class,
                standard,
                meaning,
                Optional::of,
                value -> value,
                new Rule<>("a name", value -> !value.isBlank()));
    }

    private static Key<Integer> count(String name, int standard, String meaning) {
        return new Key<>(name, Integer.class, standard, meaning, Key::wholeNumber, Object::toString, COUNT);
    }

    private static Key<Integer> countOrNone(String name, String meaning) {
        return new Key<>(
                name,
                Integer.class,
                0,
                meaning,
                Key::wholeNumber,
                Object::toString,
                new Rule<>("a whole number of at least 0", value -> value >= 0));
    }

    private static Key<Integer> countOrAll(String name, int standard, int all, String meaning) {
        return new Key<>(
                name,
                Integer.class,
                standard,
                meaning,
                text -> text.equals("all") ? Optional.of(all) : wholeNumber(text),
                value -> value == all ? "all" : value.toString(),
                new Rule<>("a whole number of at least 1, or all", value -> value >= 1));
    }

    private static Key<Double> real(String name, double standard, Rule<Double> rule, String meaning) {
        return new Key<>(name, Double.class, standard, meaning, Key::number, Object::toString, rule);
    }

    private static <E extends Enum<E>> Key<E> choice(String name, Class<E> type, E standard, String meaning) {
        List<E> choices = Arrays.asList(type.getEnumConstants());
        Function<E, String> write = choice -> choice.name().toLowerCase(Locale.ROOT);
        String allowed = String.join(" or ", choices.stream().map(write).toList());
        return new Key<>(
                name,
                type,
                standard,
                meaning,
                text -> choices.stream()
                        .filter(choice -> write.apply(choice).equals(text))
                        .findFirst(),
                write,
                new Rule<>(allowed, _ -> true));
    }

    private static Rule<Long> anyLong() {
        return new Rule<>("a whole number", _ -> true);
    }

    private static Optional<Integer> wholeNumber(String text) {
        return longNumber(text)
                .filter(value -> value >= Integer.MIN_VALUE && value < Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static Optional<Long> longNumber(String text) {
        return text.matches("[+-]?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<Double> number(String text) {
        return text.matches("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }
}
