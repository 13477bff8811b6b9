package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.FiledSums.Truth;
import dev.hone.app.wiring.ScriptedRun.Ended;
import dev.hone.method.star.WarmStart;
import dev.hone.run.RunEvent;
import dev.hone.store.DrawnStep;
import dev.hone.store.Store;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner.Lesson;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every method does, whatever is chosen in it, where problems, samples or the judge are poor: the run goes on to
/// its end, a model is offered for every round, and where there was nothing to learn from the log says so.
class BadInputTest {
    private static final FiledSums TASK = new FiledSums(8, 2, Truth.NAMED);

    /// Those that do not look whether a sample is right: sharpening and IWSI ask no judge, LaTRO rewards whatever makes
    /// the answer likely.
    private static final Set<String> BLIND = Set.of("dsweight", "latro", "sharpening");

    @TempDir
    Path folder;

    static List<Variant> all() {
        return Variant.all();
    }

    static List<Variant> usual() {
        return Variant.usual();
    }

    static List<Variant> judged() {
        return judged(Variant.all());
    }

    static List<Variant> usuallyJudged() {
        return judged(Variant.usual());
    }

    /// Without the control that learns wrong samples too.
    private static List<Variant> judged(List<Variant> variants) {
        return variants.stream()
                .filter(each -> !BLIND.contains(each.settings().get(RunKeys.METHOD)))
                .filter(each -> each.settings().get(StarMethod.LEARNED) != StarMethod.Learned.ANY)
                .toList();
    }

    /// How many problems are taken before any is practised.
    private static int taken(Settings settings) {
        boolean compares = settings.get(RunKeys.METHOD).equals("dsweight");
        return settings.get(RunKeys.WARM_PROBLEMS)
                + (compares ? settings.get(DsWeightMethod.HUMAN) + settings.get(DsWeightMethod.SHOTS) : 0);
    }

    /// Goes to the end, with a model for every round, and a note for every round that learned nothing.
    private Ended ended(Settings settings, FiledSums task, Script script) {
        Ended ended = new ScriptedRun(settings, task, script).whole(folder);
        int models = Methods.named(settings.get(RunKeys.METHOD))
                .size()
                .of(settings, task.train())
                .models();
        assertThat(ended.outcome().models().keySet())
                .as("rounds for which a model is offered")
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, models).boxed().toList());
        Set<String> before = new HashSet<>(Set.of(ended.start()));
        for (Map.Entry<Integer, String> each : ended.outcome().models().entrySet()) {
            if (!before.add(each.getValue())) {
                assertThat(noted(ended)).as("rounds that have a note").contains(each.getKey());
            }
        }
        return ended;
    }

    private static Set<Integer> noted(Ended ended) {
        return ended.outcome().notes().stream()
                .map(RunEvent.Note::round)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// V-STaR's verifier still learns from the warm start's worked answers beside wrong samples.
    private static void assertLearnsNothingAndSaysSo(Ended ended) {
        assertThat(ended.lessons())
                .extracting(Lesson::step)
                .allMatch(step -> step.equals(WarmStart.STEP) || step.startsWith("verify"));
        assertThat(ended.outcome().models().values()).containsOnly(ended.start());
        assertThat(noted(ended)).containsAll(ended.outcome().models().keySet());
    }

    @ParameterizedTest
    @MethodSource("judged")
    void where_no_sample_is_right_nothing_is_learned(Variant variant) {
        assertLearnsNothingAndSaysSo(ended(variant.settings(), TASK, new Pupil(0, 0)));
    }

    @ParameterizedTest
    @MethodSource("usuallyJudged")
    void where_the_verifier_always_fails_nothing_is_learned(Variant variant) {
        assertLearnsNothingAndSaysSo(ended(variant.settings(), new FiledSums(8, 2, Truth.NEVER), new Pupil(1, 1)));
    }

    @ParameterizedTest
    @MethodSource("usuallyJudged")
    void where_the_verifier_cannot_tell_nothing_is_learned(Variant variant) {
        assertLearnsNothingAndSaysSo(ended(variant.settings(), new FiledSums(8, 2, Truth.UNKNOWN), new Pupil(1, 1)));
    }

    @ParameterizedTest
    @MethodSource("usuallyJudged")
    void where_every_sample_is_cut_short_nothing_is_learned(Variant variant) {
        assertLearnsNothingAndSaysSo(ended(variant.settings(), TASK, (_, _, _, _) -> "1".repeat(1_000)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void where_all_samples_are_right_the_run_goes_on(Variant variant) {
        ended(variant.settings(), TASK, new Pupil(1, 1));
    }

    @ParameterizedTest
    @MethodSource("usual")
    void where_all_samples_are_the_same_or_empty_the_run_goes_on(Variant variant) {
        new ScriptedRun(variant.settings(), TASK, (_, _, _, _) -> "1").whole(folder.resolve("same"));
        new ScriptedRun(variant.settings(), TASK, (_, _, _, _) -> "").whole(folder.resolve("empty"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void where_the_budget_is_spent_in_a_round_the_run_goes_on_with_what_was_drawn(Variant variant) {
        Settings settings = variant.settings().with(RunKeys.SAMPLING_BATCH, 1);
        Path unlimited = folder.resolve("unlimited");
        new ScriptedRun(settings, TASK, Pupil.learning()).whole(unlimited);
        int budget = Math.toIntExact(tokens(unlimited) / 3);

        Ended ended = ended(settings.with(RunKeys.BUDGET, (long) budget), TASK, Pupil.learning());

        assertThat(tokens(folder)).as("tokens drawn").isBetween((long) budget, tokens(unlimited) - 1);
        assertThat(ended.outcome().notes())
                .extracting(RunEvent.Note::text)
                .filteredOn(note -> note.startsWith("the budget of "))
                .hasSize(1);
    }

    private static long tokens(Path place) {
        Store store = Store.open(place.resolve("hone.db"));
        return store.drawn(store.runs().getFirst().id()).stream()
                .mapToLong(DrawnStep::tokens)
                .sum();
    }

    @ParameterizedTest
    @MethodSource("usual")
    void one_problem_is_enough(Variant variant) {
        ended(variant.settings(), new FiledSums(taken(variant.settings()) + 1, 2, Truth.NAMED), Pupil.learning());
    }

    @ParameterizedTest
    @MethodSource("all")
    void one_sample_is_enough_or_refused_before_anything_starts(Variant variant) {
        Settings one = variant.settings().with(RunKeys.SAMPLES, 1);
        List<String> refused = one.validate();
        if (refused.isEmpty()) {
            ended(one, TASK, Pupil.learning());
        } else {
            assertThat(refused).singleElement().asString().startsWith("samples must be at least 2");
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void there_may_be_more_problems_to_look_at_than_to_learn_from(Variant variant) {
        ended(
                variant.settings().with(RunKeys.VALIDATION_PROBLEMS, 20),
                new FiledSums(taken(variant.settings()) + 2, 20, Truth.NAMED),
                Pupil.learning());
    }

    @Test
    void a_checker_that_throws_ends_the_run_with_what_it_says() {
        ScriptedRun run = new ScriptedRun(
                Variant.plain().getFirst().settings(), new FiledSums(8, 2, Truth.BROKEN), Pupil.learning());
        assertThatThrownBy(() -> run.whole(folder)).hasMessage("this checker is broken");
    }
}
