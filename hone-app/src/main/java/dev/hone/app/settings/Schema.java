package dev.hone.app.settings;

import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which values belong together.
///
/// @param keys in the order in which they are written
/// @param between what is wrong between values that are each allowed
record Schema(List<Key<?>> keys, Function<Settings, List<String>> between) {
    /// A run of a method.
    static final Schema RUN = new Schema(RunKeys.ALL, Schema::ofRun);
    /// The making of a model.
    static final Schema RECIPE = new Schema(RecipeKeys.ALL, Schema::ofRecipe);

    Optional<Key<?>> named(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    private static List<String> ofRun(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.get(RunKeys.FROM) == RoundPolicy.From.BASE
                && settings.get(RunKeys.OPTIMIZER) == Start.OptimizerState.CARRIED) {
            problems.add("policy.optimizer must be fresh when policy.start is base: every round starts anew");
        }
        if (settings.get(RunKeys.OPTIMIZER) == Start.OptimizerState.CARRIED
                && !settings.command().isEmpty()) {
            problems.add("policy.optimizer must be fresh when learning.command learns: its moments stay with it");
        }
        if (settings.get(RunKeys.PROBLEMS) == RunKeys.ALL_PROBLEMS && !settings.isTaskFile()) {
            problems.add("problems must be a whole number for the task \"" + settings.get(RunKeys.TASK)
                    + "\", which makes up as many as it is asked for; \"all\" is for a file");
        }
        return problems;
    }

    private static List<String> ofRecipe(Settings settings) {
        int hidden = settings.get(RecipeKeys.HIDDEN);
        int heads = settings.get(RecipeKeys.HEADS);
        return hidden % (2 * heads) == 0
                ? List.of()
                : List.of("shape.hidden must be a multiple of twice shape.heads but was " + hidden + " with " + heads
                        + " heads");
    }
}
