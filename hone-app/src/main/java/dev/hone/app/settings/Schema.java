package dev.hone.app.settings;

import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which values belong together.
///
/// @param keys in the order in which they are written
/// @param methods what each method reads; none where there is no method to choose
/// @param between what is wrong between values that are each allowed
record Schema(List<Key<?>> keys, List<MethodKeys> methods, Function<Settings, List<String>> between) {
    /// The making of a model.
    static final Schema RECIPE = new Schema(RecipeKeys.ALL, List.of(), Schema::ofRecipe);

    /// A run of one of the methods.
    static Schema run(List<MethodKeys> methods) {
        List<Key<?>> keys = new ArrayList<>(RunKeys.ALL);
        methods.forEach(method -> keys.addAll(method.own()));
        return new Schema(List.copyOf(keys), List.copyOf(methods), settings -> {
            List<String> problems = new ArrayList<>(ofRun(settings));
            methods.stream()
                    .filter(each -> each.method().equals(settings.get(RunKeys.METHOD)))
                    .forEach(each -> problems.addAll(each.between().apply(settings)));
            return problems;
        });
    }

    /// Why a run with these settings does not read a key, if it does not.
    Optional<String> misplaced(Settings settings, Key<?> key) {
        for (MethodKeys each : methods) {
            boolean chosen = each.method().equals(settings.get(RunKeys.METHOD));
            if (each.own().contains(key) && !chosen) {
                return Optional.of(key + " is for the method " + each.method() + ", but the method is "
                        + settings.get(RunKeys.METHOD));
            }
            if (chosen && each.unread().contains(key)) {
                return Optional.of(key + " means nothing to the method " + each.method() + "; leave it out");
            }
        }
        return Optional.empty();
    }

    /// The settings with the defaults of their own method.
    ///
    /// @param given names of keys that have a value already
    Settings standing(Settings settings, Set<String> given) {
        Settings standing = settings;
        for (MethodKeys each : methods) {
            if (each.method().equals(settings.get(RunKeys.METHOD))) {
                for (MethodKeys.Standard<?> standard : each.standards()) {
                    standing = given.contains(standard.key().name()) ? standing : standard.in(standing);
                }
            }
        }
        return standing;
    }

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
        if (settings.get(RunKeys.SCHEDULE) == RoundPolicy.Schedule.ALL_ROUNDS && settings.get(RunKeys.EPOCHS) != 0) {
            problems.add(
                    "learning.epochs must be 0 when policy.schedule is all_rounds: a schedule over all rounds needs"
                            + " learning.steps");
        }
        if (settings.get(RunKeys.OPTIMIZER) == Start.OptimizerState.CARRIED
                && !settings.command().isEmpty()) {
            problems.add("policy.optimizer must be fresh when learning.command learns: its moments stay with it");
        }
        boolean isAdapted = settings.get(RunKeys.LORA_RANK) != 0;
        if (isAdapted && settings.get(RunKeys.OPTIMIZER) == Start.OptimizerState.CARRIED) {
            problems.add(
                    "policy.optimizer must be fresh when learning.lora-rank is not 0: an adapter starts anew in every"
                            + " round");
        }
        if (isAdapted && !settings.command().isEmpty()) {
            problems.add("learning.lora-rank must be 0 when learning.command learns: which weights do is up to it");
        }
        if (settings.get(RunKeys.PROBLEMS) == RunKeys.ALL_PROBLEMS && !settings.isTaskFile()) {
            problems.add("problems must be a whole number for the task \"" + settings.get(RunKeys.TASK)
                    + "\", which makes up as many as it is asked for; \"all\" is for a file");
        }
        boolean isWarmed = settings.get(RunKeys.WARM_EPOCHS) != 0 || settings.get(RunKeys.WARM_RATE) != 0;
        if (isWarmed && settings.get(RunKeys.WARM_PROBLEMS) == 0) {
            problems.add("warm-start.problems must be at least 1 when warm-start.epochs or warm-start.rate is set, but"
                    + " was 0: there is no warm start; set it, or leave these out");
        }
        int compared = settings.get(RunKeys.EXAM_DIVERSITY);
        if (compared == 1 || compared > settings.get(RunKeys.EXAM_SAMPLES)) {
            problems.add("exam.diversity must be 0, or from 2 to exam.samples, which is "
                    + settings.get(RunKeys.EXAM_SAMPLES) + ", but was " + compared
                    + ": so many right samples of a problem are compared");
        }
        return problems;
    }

    private static List<String> ofRecipe(Settings settings) {
        int hidden = settings.get(RecipeKeys.HIDDEN);
        int heads = settings.get(RecipeKeys.HEADS);
        int intermediate = settings.get(RecipeKeys.INTERMEDIATE);
        List<String> problems = new ArrayList<>();
        if (hidden % (2 * heads) != 0) {
            problems.add("shape.hidden must be a multiple of twice shape.heads but was " + hidden + " with " + heads
                    + " heads");
        }
        if (intermediate % 2 != 0) {
            problems.add("shape.intermediate must be an even number but was " + intermediate);
        }
        return problems;
    }
}
