package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.method.dive.Dive;
import dev.hone.method.dive.Mixture;
import dev.hone.method.dive.Pooling;
import dev.hone.method.dive.Selection;
import dev.hone.run.Run;
import java.util.List;
import java.util.function.IntFunction;

/// DIVE and its variants: the paper's is a global pool with a diverse choice.
final class DiveMethod {
    private static final Mixture PAPER = Mixture.asInPaper();
    private static final int PAIRS = 5;

    /// Which samples become pairs.
    enum Choice {
        /// Any, a text as often as it was drawn.
        AS_DRAWN,
        /// Any of different wording.
        SHUFFLED,
        /// Those whose embeddings are most different.
        EMBEDDING,
        /// Those whose n-grams are most different.
        DISTINCT_N,
        /// Both.
        BOTH
    }

    static final Key<Pooling.Scope> POOL = Key.choice(
            "dive.pool",
            Pooling.Scope.class,
            Pooling.Scope.GLOBAL,
            "whose samples become pairs: the round's own, or those of all rounds so far");
    static final Key<Pooling.Growth> GROWTH = Key.choice(
            "dive.growth",
            Pooling.Growth.class,
            Pooling.Growth.CONSTANT,
            "samples a problem; growing: so many times the round's number");
    static final Key<Choice> CHOICE = Key.choice(
            "dive.choice",
            Choice.class,
            Choice.EMBEDDING,
            "which of them: any as drawn, any of different wording, or of these those most different by embedding, by"
                    + " n-grams of words, or by both");
    static final Key<Double> CONTAMINATION = Key.real(
            "dive.contamination",
            Selection.Diverse.standard().contamination(),
            new Rule<>("in [0, 0.5]", value -> value >= 0 && value <= 0.5),
            "share of them that is left out as outliers before; 0: none");
    static final Key<Integer> MOST = Key.count("dive.pairs", PAIRS, "pairs of a problem, at most");
    static final Key<Double> ALPHA = Key.real(
            "dive.alpha",
            PAPER.alpha(),
            Rule.SHARE_TO_1,
            "weight of the preference; the rest is the likelihood of the right side");
    static final Key<Double> BETA =
            Key.real("dive.beta", PAPER.beta(), Rule.POSITIVE, "how close to the model of the round before to stay");

    static final Method METHOD = new Method(
            "dive",
            "prefer right to wrong samples, picked to stay different, from all rounds (DIVE)",
            "dev.hone.method.dive",
            new MethodKeys(
                    "dive",
                    List.of(POOL, GROWTH, CHOICE, CONTAMINATION, MOST, ALPHA, BETA),
                    MethodKeys.joined(List.of(RunKeys.KEEP), RunKeys.POLICY)),
            DiveMethod::work,
            DiveMethod::run);

    private DiveMethod() {}

    private static Work work(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        long grown = switch (settings.get(GROWTH)) {
            case CONSTANT -> 0;
            case GROWING -> (long) rounds * (rounds - 1) / 2 * problems * settings.get(RunKeys.SAMPLES);
        };
        return new Work(rounds, grown, rounds);
    }

    private static Selection selection(Settings settings) {
        double contamination = settings.get(CONTAMINATION);
        return switch (settings.get(CHOICE)) {
            case AS_DRAWN -> new Selection.AsDrawn();
            case SHUFFLED -> new Selection.Shuffled();
            case EMBEDDING -> new Selection.Diverse(Selection.Measure.EMBEDDING, contamination);
            case DISTINCT_N -> new Selection.Diverse(Selection.Measure.DISTINCT_N, contamination);
            case BOTH -> new Selection.Diverse(Selection.Measure.BOTH, contamination);
        };
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new Dive(
                        settings.get(RunKeys.ROUNDS),
                        new Pooling(settings.get(RunKeys.SAMPLES), settings.get(GROWTH), settings.get(POOL)),
                        selection(settings),
                        settings.get(MOST),
                        new Mixture(settings.get(ALPHA), settings.get(BETA)),
                        Methods.sampling(settings),
                        settings.training(),
                        roles.generator(),
                        roles.judge(),
                        roles.embedder(),
                        roles.likelihood(),
                        roles.recording(),
                        roles.learner())
                .run(base, problems, run);
    }
}
