package dev.hone.app.settings;

import dev.hone.app.external.TextForm;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training.Schedule.Decay;
import java.util.List;
import java.util.Optional;

/// What every run has, whatever its method.
public final class RunKeys {
    /// The count that stands for `all`: every problem that a task has.
    public static final int ALL_PROBLEMS = Integer.MAX_VALUE;
    /// The rounds of the `window` that stand for `all`.
    public static final int ALL_ROUNDS = Integer.MAX_VALUE;

    public static final Key<String> METHOD = Key.text("method", "star", "how to improve; see hone methods");
    public static final Key<String> MODEL =
            Key.text("model", "embedded", "a Hugging Face folder, a GGUF file, or embedded");
    public static final Key<String> TASK =
            Key.text("task", "countdown", "a name of hone tasks, or a file that ends in .jsonl");
    public static final Key<Long> SEED = Key.whole("seed", 1, "of everything random");
    public static final Key<Integer> ROUNDS = Key.count("rounds", 3, "rounds of improvement");
    public static final Key<Integer> PROBLEMS = Key.countOrAll(
            "problems", 5000, ALL_PROBLEMS, "problems a round; all: every one in the file, as is usual for a file");
    public static final Key<Integer> SAMPLES = Key.count("samples", 4, "samples a problem");
    public static final Key<Integer> KEEP = Key.count("keep", 4, "right samples of a problem to learn from, at most");

    /// Below 1, as in RFT (0.7; card star-family-bstar): what a model is rather sure of is more often
    /// right, and a round then needs fewer samples for as many to learn from.
    public static final Key<Double> TEMPERATURE =
            Key.real("sampling.temperature", 0.5, Rule.NOT_NEGATIVE, "of the samples to learn from; 0 is greedy");
    public static final Key<Integer> TOP_K =
            Key.countOrNone("sampling.top-k", "only so many likeliest tokens are drawn from; 0: all");
    public static final Key<Double> TOP_P = Key.real(
            "sampling.top-p",
            1.0,
            Rule.SHARE_TO_1,
            "only the likeliest tokens are drawn from that have this probability");
    public static final Key<Double> MIN_P = Key.real(
            "sampling.min-p",
            0.0,
            Rule.SHARE,
            "only tokens are drawn from that are this likely beside the likeliest; 0: all");
    public static final Key<Integer> MAX_TOKENS = Key.count("sampling.max-tokens", 48, "of an answer, in the exam too");
    public static final Key<Integer> SAMPLING_BATCH = Key.count("sampling.batch", 256, "sequences drawn at once");

    public static final Key<DeviceChoice> DEVICE =
            Key.choice("engine.device", DeviceChoice.class, DeviceChoice.AUTO, "where the local engine computes");
    public static final Key<Precision> PRECISION = Key.choice(
            "engine.precision", Precision.class, Precision.AUTO, "the numbers that the local engine multiplies");
    public static final Key<SpecialTokens> SPECIAL_TOKENS = Key.choice(
            "engine.special-tokens",
            SpecialTokens.class,
            SpecialTokens.TEXT,
            "what the text of a special token, such as </s>, is in a prompt or a worked answer");

    public static final Key<Integer> WARM_PROBLEMS = Key.countOrNone(
            "warm-start.problems", "problems whose worked answers are learned before the first round; 0: none");
    public static final Key<Integer> WARM_EPOCHS =
            Key.countOrNone("warm-start.epochs", "passes over these; 0: as many, or as many steps, as a round has");
    public static final Key<Double> WARM_RATE = Key.real(
            "warm-start.rate", 0.0, Rule.NOT_NEGATIVE, "peak learning rate on these; 0: learning.rate counts here too");

    public static final Key<From> FROM =
            Key.choice("policy.start", From.class, From.PREVIOUS, "the weights from which a round learns");
    public static final Key<OptimizerState> OPTIMIZER = Key.choice(
            "policy.optimizer", OptimizerState.class, OptimizerState.FRESH, "the optimizer's moments at a new round");
    public static final Key<Integer> WINDOW =
            Key.countOrAll("policy.window", ALL_ROUNDS, ALL_ROUNDS, "the last so many rounds' samples to learn from");

    public static final Key<RoundPolicy.Schedule> SCHEDULE = Key.choice(
            "policy.schedule",
            RoundPolicy.Schedule.class,
            RoundPolicy.Schedule.EACH_ROUND,
            "how far the schedule of the learning rate reaches");

    public static final Key<Integer> STEPS = Key.count("learning.steps", 100, "optimizer steps a round");
    public static final Key<Integer> EPOCHS =
            Key.countOrNone("learning.epochs", "passes over the examples; 0: learning.steps counts instead");
    public static final Key<Integer> BATCH = Key.count("learning.batch", 128, "examples in a step");
    public static final Key<Double> RATE = Key.real("learning.rate", 5e-4, Rule.POSITIVE, "peak learning rate");
    public static final Key<Double> WARMUP =
            Key.real("learning.warmup", 0.05, Rule.SHARE, "share of the steps in which it rises");
    public static final Key<Decay> DECAY =
            Key.choice("learning.decay", Decay.class, Decay.COSINE, "how it falls after");
    public static final Key<Double> WEIGHT_DECAY =
            Key.real("learning.weight-decay", 0.0, Rule.NOT_NEGATIVE, "of AdamW");
    public static final Key<Double> CLIP =
            Key.real("learning.max-gradient-norm", 1.0, Rule.POSITIVE, "longer gradients are scaled down to it");
    public static final Key<Integer> LORA_RANK = Key.countOrNone(
            "learning.lora-rank",
            "of an adapter on every matrix of the layers, which alone learns; 0: all weights learn");
    public static final Key<Double> LORA_ALPHA =
            Key.real("learning.lora-alpha", 32.0, Rule.POSITIVE, "the adapter is scaled by it, divided by the rank");
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
    public static final Key<TextForm> COMMAND_ROWS = Key.choice(
            "learning.command-rows",
            TextForm.class,
            TextForm.PLAIN,
            "how examples are written for that program: as strings, or as chat messages");

    public static final Key<Long> BUDGET = Key.wholeOrNone(
            "budget.tokens",
            "tokens that a run draws to learn from, after which whatever it asks for fails; 0: no limit");

    public static final Key<Integer> VALIDATION_PROBLEMS =
            Key.count("validation.problems", 200, "validation problems that each round's model answers greedily");
    public static final Key<Integer> EXAM_PROBLEMS = Key.count("exam.problems", 1000, "test problems");
    public static final Key<Integer> EXAM_SAMPLES =
            Key.count("exam.samples", 8, "samples of each, besides the greedy one");

    public static final Key<String> EXAM_BY = Key.text(
            "exam.by",
            "none",
            "the fact of a problem by whose values pass@1 is told too, such as operations; none: by none");

    public static final Key<Integer> EXAM_DIVERSITY = Key.countOrNone(
            "exam.diversity", "how different so many right samples of a problem are is told too; 0: is not told");

    /// From what samples are drawn.
    public static final List<Key<?>> DISTRIBUTION = List.of(TEMPERATURE, TOP_K, TOP_P, MIN_P);

    /// How rounds follow each other.
    public static final List<Key<?>> POLICY = List.of(FROM, OPTIMIZER, WINDOW, SCHEDULE);

    public static final List<Key<?>> ADAPTER = List.of(LORA_RANK, LORA_ALPHA);

    /// That somebody else's program learns.
    public static final List<Key<?>> EXTERNAL = List.of(COMMAND, COMMAND_ROWS);

    /// What a run has, in the order in which it is written.
    static final List<Key<?>> ALL = List.of(
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
            DEVICE,
            PRECISION,
            SPECIAL_TOKENS,
            WARM_PROBLEMS,
            WARM_EPOCHS,
            WARM_RATE,
            FROM,
            OPTIMIZER,
            WINDOW,
            SCHEDULE,
            STEPS,
            EPOCHS,
            BATCH,
            RATE,
            WARMUP,
            DECAY,
            WEIGHT_DECAY,
            CLIP,
            LORA_RANK,
            LORA_ALPHA,
            COMMAND,
            COMMAND_ROWS,
            BUDGET,
            VALIDATION_PROBLEMS,
            EXAM_PROBLEMS,
            EXAM_SAMPLES,
            EXAM_BY,
            EXAM_DIVERSITY);

    private RunKeys() {}
}
