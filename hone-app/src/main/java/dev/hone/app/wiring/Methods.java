package dev.hone.app.wiring;

import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Nearest;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.data.Warping;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/// The methods that there are: a plain list that the compiler checks.
public final class Methods {

    /// One method.
    ///
    /// @param summary a line for a list
    /// @param room its package, where its paper is named
    /// @param keys what can be set
    /// @param size how much work a run of it is
    public record Method(String name, String summary, String room, MethodKeys keys, Size size, Recipe recipe) {

        /// A method that samples every problem and offers a model in each of the rounds that are set.
        ///
        /// @param besides samples that it draws besides
        public Method(
                String name,
                String summary,
                String room,
                MethodKeys keys,
                ToLongFunction<Settings> besides,
                Recipe recipe) {
            this(
                    name,
                    summary,
                    room,
                    keys,
                    (settings, _) -> {
                        int rounds = settings.get(RunKeys.ROUNDS);
                        return new Work(rounds, besides.applyAsLong(settings), rounds);
                    },
                    recipe);
        }
    }

    /// What a run is planned to do.
    ///
    /// @param rounds in each of which every problem is sampled and a model learned as `learning.*` says
    /// @param besides samples that are drawn besides, at most
    /// @param models that are offered
    /// @param steps of learning besides
    /// @param completions that those steps learn
    public record Work(int rounds, long besides, int models, long steps, long completions) {
        /// Without steps besides.
        public Work(int rounds, long besides, int models) {
            this(rounds, besides, models, 0, 0);
        }
    }

    /// How much work settings amount to.
    @FunctionalInterface
    public interface Size {
        /// @param problems of a round
        Work of(Settings settings, int problems);
    }

    /// Puts a method's class together from the settings and runs it.
    @FunctionalInterface
    public interface Recipe {
        /// @param problems to learn from, by round from 1; those of round 0 are for whatever is tried before
        Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run);
    }

    public static final List<Method> ALL = List.of(
            StarMethod.METHOD,
            BStarMethod.METHOD,
            GsiMethod.METHOD,
            SharpeningMethod.METHOD,
            LatroMethod.METHOD,
            SelfExploreMethod.METHOD,
            VStarMethod.METHOD,
            DiveMethod.METHOD,
            DsWeightMethod.METHOD,
            FourHabitsMethod.METHOD);

    private Methods() {}

    /// A run with every key at its default.
    public static Settings settings() {
        return Settings.defaults(ALL.stream().map(Method::keys).toList());
    }

    /// @throws HoneException if there is none of that name
    public static Method named(String name) {
        return ALL.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new HoneException(Kind.SETTINGS, problem(name).orElse("unknown method \"" + name + "\"")));
    }

    /// What is wrong with a method's name, if anything is.
    public static Optional<String> problem(String name) {
        List<String> names = names();
        return names.contains(name)
                ? Optional.empty()
                : Optional.of("unknown method \"" + name + "\"" + Nearest.hintAnd(name, names)
                        + " \"hone methods\" lists what there is");
    }

    public static List<String> names() {
        return ALL.stream().map(Method::name).toList();
    }

    static Sampling sampling(Settings settings) {
        Warping warping = Warping.NONE
                .withTopK(settings.get(RunKeys.TOP_K))
                .withTopP(settings.get(RunKeys.TOP_P))
                .withMinP(settings.get(RunKeys.MIN_P));
        return new Sampling(settings.get(RunKeys.TEMPERATURE), settings.get(RunKeys.MAX_TOKENS)).with(warping);
    }
}
