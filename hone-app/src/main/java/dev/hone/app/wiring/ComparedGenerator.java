package dev.hone.app.wiring;

import dev.hone.app.report.Numbers;
import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.measure.LogProbGap;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Draws, and has a few of the texts scored by the learner's arithmetic under the same weights. How far both
/// are apart is told with the round's health; a gap over the bound ends the run.
///
/// What is drawn at a time is compared once. A run that is resumed tells what is on record, since the model that
/// drew may have been released.
///
/// @param generator whose samples carry log-probabilities
/// @param learner scores as whoever learns computes
/// @param record keeps the figures of a step
/// @param drawnIn what the sampler multiplies
/// @param learnedIn what the learner multiplies
record ComparedGenerator(Generator generator, Likelihood learner, Once record, Dtype drawnIn, Dtype learnedIn)
        implements Generator {

    /// Asks for a step's figures if it does not have them.
    @FunctionalInterface
    interface Once {
        SortedMap<String, Double> figures(Step step, String what, Supplier<SortedMap<String, Double>> computed);
    }

    /// The mean difference, nats a token.
    static final String FIGURE = "sampler - learner";
    /// The largest difference, nats.
    static final String LARGEST = "sampler - learner, largest";

    /// One of each of so many problems.
    private static final int TEXTS = 8;
    /// No more texts once there are so many tokens.
    private static final int ENOUGH_TOKENS = 1_000;
    /// Measured with the embedded model: 2e-7.
    private static final double FLOAT32_BOUND = 1e-3;

    private static final double BFLOAT16_BOUND = 0.1;

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        List<Sample> samples = generator.generate(model, prompts, step);
        List<Sample> few = few(samples);
        if (!few.isEmpty()) {
            String what = FIGURE + " from " + few.getFirst().id(); // a step may draw more than once
            tell(record.figures(step, what, () -> accepted(model, few, step)), step);
        }
        return samples;
    }

    private SortedMap<String, Double> accepted(Model model, List<Sample> few, Step step) {
        LogProbGap gap = gap(model, few, quietly(step));
        SortedMap<String, Double> figures = new TreeMap<>(Map.of(FIGURE, gap.mean(), LARGEST, gap.largest()));
        boolean isHalf = drawnIn == Dtype.BFLOAT16 || learnedIn == Dtype.BFLOAT16;
        double bound = isHalf ? BFLOAT16_BOUND : FLOAT32_BOUND;
        if (gap.mean() <= bound) { // false where it is not a number
            return figures;
        }
        tell(figures, step);
        throw refusal(gap, bound, model, step);
    }

    private static void tell(SortedMap<String, Double> figures, Step step) {
        step.events().accept(new RunEvent.RoundHealth(step.round(), figures));
    }

    private static List<Sample> few(List<Sample> samples) {
        List<Sample> few = new ArrayList<>();
        Set<String> problems = new HashSet<>();
        int tokens = 0;
        for (Sample sample : samples) {
            boolean wasDrawn = sample.tokens().count(Author.MODEL) > 0;
            if (wasDrawn && problems.add(sample.problem().id())) {
                few.add(sample);
                tokens += sample.tokens().size();
                if (few.size() == TEXTS || tokens >= ENOUGH_TOKENS) {
                    break;
                }
            }
        }
        return few;
    }

    private LogProbGap gap(Model model, List<Sample> few, Step step) {
        List<Tokens> drawn = few.stream().map(Sample::tokens).toList();
        List<Demonstration> texts = few.stream().map(ComparedGenerator::asDrawn).toList();
        return LogProbGap.between(drawn, learner.score(model, texts, step));
    }

    /// To the token, under what the model saw, without an end that was not drawn.
    private static Demonstration asDrawn(Sample sample) {
        return new Demonstration(
                sample.id(),
                sample.seen(),
                List.of(new Segment.Drawn(sample.tokens(), Segment.Loss.COUNTED)),
                Demonstration.Ending.OPEN,
                1);
    }

    /// The step without progress: it is of another thing than its samples.
    private static Step quietly(Step step) {
        return new Step(step.run(), step.name(), step.round(), step.seed(), step.folder(), _ -> {}, step.stop());
    }

    private HoneException refusal(LogProbGap gap, double bound, Model model, Step step) {
        return new HoneException(
                Kind.ENGINE,
                "the sampler in " + word(drawnIn) + " and the learner in " + word(learnedIn)
                        + " do not agree on model " + model.id() + ": the log-probabilities of " + gap.tokens()
                        + " tokens drawn in step " + step.name() + " of round " + step.round() + " differ by "
                        + Numbers.small(gap.mean()) + " nats on average (" + Numbers.small(gap.largest())
                        + " at most), and " + Numbers.small(bound)
                        + " is allowed; what this model drew would be learned as if another one had; "
                        + (bound == BFLOAT16_BOUND
                                ? "start another run with engine.precision: float32, and if the gap stays, see "
                                : "see ")
                        + "with \"hone model parity\" which of the two is off");
    }

    private static String word(Dtype dtype) {
        return dtype.name().toLowerCase(Locale.ROOT);
    }
}
