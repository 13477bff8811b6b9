package dev.hone.app.wiring;

import dev.hone.app.report.Numbers;
import dev.hone.app.settings.Key;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import java.util.List;
import java.util.Locale;

/// What settings amount to, before anything starts.
///
/// @param work of the method
/// @param problems of a round
/// @param parameters of the model
public record Plan(Settings settings, Methods.Work work, int problems, long parameters) {
    /// Seconds that a token costs whatever the model's size, on two cores. With it the run of the embedded
    /// model is planned at 2 min 03 s; it took 1 min 49 s.
    private static final double FLOOR = 1.0 / 40_000;
    /// Seconds that a drawn token costs for each parameter: 508 tokens a second at 135 million.
    private static final double DRAWN = 1.0 / (508.0 * 135e6);
    /// The same for a learned token: 470 tokens a second at 135 million.
    private static final double LEARNED = 1.0 / (470.0 * 135e6);
    /// Share of the samples that are right and new, for the plan of a run that goes by epochs.
    private static final double USUALLY_KEPT = 0.2;
    /// Share of the longest answer that answers usually take.
    private static final double USUAL_LENGTH = 0.5;
    /// Weights, gradient and two moments of 4 bytes each; weights and gradient to compute with and weights to
    /// draw with, of 2; and activations, 11 at 135 million parameters in batches of 8. With the runtime that is
    /// 5.3 GB for such a model; 6.0 were measured.
    private static final int BYTES_A_PARAMETER = 33;
    /// The same where an adapter learns: 3.4 GB, where 3.6 were measured.
    private static final int BYTES_A_FROZEN_PARAMETER = 19;

    /// What a run of the embedded model takes.
    private static final long RUNTIME_BYTES = 800_000_000;

    public static Plan of(Settings settings, int problems, long parameters) {
        Methods.Work work = Methods.named(settings.get(RunKeys.METHOD)).size().of(settings, problems);
        return new Plan(settings, work, problems, parameters);
    }

    long samples() {
        return (long) work.rounds() * problems * settings.get(RunKeys.SAMPLES) + work.besides();
    }

    /// That the method draws at most.
    private long tokens() {
        long asked = samples() * settings.get(RunKeys.MAX_TOKENS);
        long budget = settings.get(RunKeys.BUDGET);
        return budget == 0 ? asked : Math.min(asked, budget);
    }

    /// Of the rounds and the warm start, and those besides.
    long steps() {
        return ofRounds() + work.steps();
    }

    /// Of the rounds and the warm start; with epochs as many as there are at most.
    private long ofRounds() {
        int taught = settings.get(RunKeys.WARM_PROBLEMS);
        long steps = taught > 0 ? settings.warmStart().length().steps(taught, settings.get(RunKeys.BATCH)) : 0;
        if (!reads(RunKeys.STEPS)) {
            return steps;
        }
        if (settings.get(RunKeys.EPOCHS) == 0) {
            return steps + (long) work.rounds() * settings.get(RunKeys.STEPS);
        }
        var length = settings.training().length();
        long kept = (long) problems * Math.min(settings.get(RunKeys.KEEP), settings.get(RunKeys.SAMPLES));
        for (int round = 1; round <= work.rounds(); round++) {
            long window = reads(RunKeys.WINDOW) ? Math.min(settings.get(RunKeys.WINDOW), round) : 1;
            int examples = (int) Math.min(1e9, USUALLY_KEPT * kept * window);
            steps += length.steps(examples, settings.get(RunKeys.BATCH));
        }
        return steps;
    }

    /// Methods that do not read the window learn from their own round's samples, or from a choice among all that is no
    /// larger; those that do not read the steps count theirs themselves.
    private boolean reads(Key<?> key) {
        return !Methods.named(settings.get(RunKeys.METHOD)).keys().unread().contains(key);
    }

    private int models() {
        return work.models() + (settings.get(RunKeys.WARM_PROBLEMS) > 0 ? 2 : 1);
    }

    /// Answers to validation and exam problems, of the base model and of each round's.
    long measured() {
        long each = settings.get(RunKeys.VALIDATION_PROBLEMS)
                + (long) settings.get(RunKeys.EXAM_PROBLEMS) * (1 + settings.get(RunKeys.EXAM_SAMPLES));
        return models() * each;
    }

    /// About so long, on two cores.
    public double seconds() {
        double length = USUAL_LENGTH * settings.get(RunKeys.MAX_TOKENS);
        double drawn = Math.min(samples() * length, (double) tokens()) + measured() * length;
        long completions = ofRounds() * settings.get(RunKeys.BATCH) + work.completions();
        double learned = settings.command().isEmpty() ? completions * length : 0;
        return drawn * (FLOOR + DRAWN * parameters) + learned * (FLOOR + LEARNED * parameters);
    }

    long bytes() {
        boolean isFrozen = settings.get(RunKeys.LORA_RANK) > 0;
        return RUNTIME_BYTES + (isFrozen ? BYTES_A_FROZEN_PARAMETER : BYTES_A_PARAMETER) * parameters;
    }

    private String learning() {
        int epochs = settings.get(RunKeys.EPOCHS);
        int taught = settings.get(RunKeys.WARM_PROBLEMS);
        if (!reads(RunKeys.STEPS)) {
            return (taught == 0 ? "" : "warm start from " + taught + " worked answers, then ") + "the method's own";
        }
        return (taught == 0 ? "" : "warm start from " + taught + " worked answers, then ")
                + work.rounds() + " x "
                + (epochs == 0
                        ? Integer.toString(settings.get(RunKeys.STEPS))
                        : epochs + (epochs == 1 ? " pass" : " passes") + " over what is kept");
    }

    private String steps(String learning) {
        if (!reads(RunKeys.STEPS)) {
            return learning + " = " + Numbers.whole(steps()) + " steps over " + Numbers.whole(work.completions())
                    + " completions";
        }
        return learning
                + (work.steps() > 0 ? " + " + Numbers.whole(work.steps()) + " besides" : "")
                + " = "
                + (settings.get(RunKeys.EPOCHS) == 0 ? "" : "about ") + Numbers.whole(steps()) + " steps of "
                + settings.get(RunKeys.BATCH) + " examples";
    }

    private String commanded() {
        return "at most " + (models() - 1) + " times by " + settings.command().getFirst()
                + ", whose time is not in the sum below";
    }

    /// For a reader.
    public List<String> lines() {
        return List.of(
                settings.get(RunKeys.METHOD) + " on " + settings.get(RunKeys.TASK) + ", model "
                        + settings.get(RunKeys.MODEL) + " ("
                        + Numbers.brief(parameters) + " parameters, "
                        + settings.get(RunKeys.DEVICE).name().toLowerCase(Locale.ROOT) + ", "
                        + settings.get(RunKeys.PRECISION).name().toLowerCase(Locale.ROOT) + "), seed "
                        + settings.get(RunKeys.SEED),
                "  sample   " + work.rounds() + (work.rounds() == 1 ? " round x " : " rounds x ")
                        + Numbers.whole(problems) + " problems x "
                        + settings.get(RunKeys.SAMPLES)
                        + (work.besides() > 0 ? " + " + Numbers.whole(work.besides()) + " besides" : "") + " = "
                        + Numbers.whole(samples()) + " samples, at most "
                        + Numbers.brief(tokens()) + " tokens",
                "  learn    " + (settings.command().isEmpty() ? steps(learning()) : commanded()),
                "  measure  " + models() + " models, " + Numbers.whole(measured()) + " answers: "
                        + Numbers.whole(settings.get(RunKeys.EXAM_PROBLEMS)) + " test problems x (1 greedy + "
                        + settings.get(RunKeys.EXAM_SAMPLES) + " drawn), "
                        + settings.get(RunKeys.VALIDATION_PROBLEMS) + " validation problems",
                "  about    " + Numbers.duration(seconds()) + " at "
                        + Numbers.whole(Math.round(1 / (FLOOR + DRAWN * parameters)))
                        + " drawn and "
                        + Numbers.whole(Math.round(1 / (FLOOR + LEARNED * parameters)))
                        + " learned tokens a second (two cores); " + Numbers.fixed(bytes() / 1e9, 1)
                        + " GB of memory");
    }
}
