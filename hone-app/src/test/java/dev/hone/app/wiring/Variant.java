package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.method.latro.AnswerTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A method and what is chosen in it, small enough to be run in no time: each method as it is by default, with a warm
/// start, and for each choice among its own keys with whatever else can be chosen, if that goes with the rest. A new
/// method, and a new choice in an old one, are among them without a line here.
///
/// @param name for a reader, and the same whenever it is asked for
record Variant(String name, Settings settings) {
    private static final Settings SMALL = Methods.settings()
            .with(RunKeys.TASK, "sums.jsonl")
            .with(RunKeys.ROUNDS, 2)
            .with(RunKeys.PROBLEMS, 6)
            .with(RunKeys.SAMPLES, 4)
            .with(RunKeys.MAX_TOKENS, 120)
            .with(RunKeys.VALIDATION_PROBLEMS, 2);

    /// Counts that are large by default.
    private static final Map<String, UnaryOperator<Settings>> SMALLER = Map.of(
            "bstar",
            settings ->
                    settings.with(BStarMethod.TEMPERATURES, List.of(0.5, 1.0)).with(BStarMethod.PROBE, 3),
            "dsweight",
            settings -> settings.with(DsWeightMethod.HUMAN, 2),
            "gsi",
            settings -> settings.with(GsiMethod.PASSES, 2).with(GsiMethod.WANTED, 3),
            "latro",
            settings -> settings.with(LatroMethod.UPDATES, 3),
            "sharpening",
            settings -> settings.with(SharpeningMethod.MOST, 10));

    /// Those that need problems of their own, and so their own tests: [FourHabitsMethodTest] stops it
    /// anywhere, and gives it poor problems and samples.
    private static final Set<String> ELSEWHERE = Set.of("fourhabits");

    static List<Variant> all() {
        Stream<Variant> choices = plain().stream().flatMap(plain -> Stream.concat(plain.warm(), plain.choices()));
        return Stream.of(plain().stream(), choices, combined())
                .flatMap(each -> each)
                .filter(each -> each.settings.validate().isEmpty())
                .filter(each -> each.settings.get(GsiMethod.CUTS) != GsiMethod.Cuts.LINES) // which sums have none of
                .toList();
    }

    /// Each method as it is by default, and with a warm start.
    static List<Variant> usual() {
        return Stream.concat(plain().stream(), plain().stream().flatMap(Variant::warm))
                .toList();
    }

    /// Each method as it is by default.
    static List<Variant> plain() {
        return Methods.ALL.stream()
                .filter(method -> !ELSEWHERE.contains(method.name()))
                .map(Variant::plain)
                .toList();
    }

    private static Variant plain(Method method) {
        UnaryOperator<Settings> smaller = SMALLER.getOrDefault(method.name(), UnaryOperator.identity());
        return new Variant(method.name(), smaller.apply(SMALL.with(RunKeys.METHOD, method.name())));
    }

    private static Variant named(String method) {
        return plain(Methods.named(method));
    }

    private Stream<Variant> warm() {
        return Stream.of(with("warm start", RunKeys.WARM_PROBLEMS, 2));
    }

    private Stream<Variant> choices() {
        return Methods.named(name).keys().own().stream().flatMap(this::choices);
    }

    private Stream<Variant> choices(Key<?> key) {
        return key.standard() instanceof Enum<?> standard
                ? Arrays.stream(standard.getDeclaringClass().getEnumConstants())
                        .filter(each -> each != standard)
                        .map(each -> with(key + " " + each, untyped(key), each))
                : Stream.empty();
    }

    @SuppressWarnings("unchecked") // its value is one of its own constants
    private static Key<Object> untyped(Key<?> key) {
        return (Key<Object>) key;
    }

    <T> Variant with(String what, Key<T> key, T value) {
        return new Variant(name + ", " + what, settings.with(key, value));
    }

    /// What several keys make together.
    private static Stream<Variant> combined() {
        return Stream.of(
                named("star").with("from base", RunKeys.FROM, RoundPolicy.From.BASE),
                named("star")
                        .with("online", RunKeys.OPTIMIZER, OptimizerState.CARRIED)
                        .with("one schedule", RunKeys.SCHEDULE, RoundPolicy.Schedule.ALL_ROUNDS)
                        .with("own samples", RunKeys.WINDOW, 1),
                named("star")
                        .with("warm start", RunKeys.WARM_PROBLEMS, 2)
                        .with("worked answers", StarMethod.WORKED, StarMethod.Worked.ADDED)
                        .with("equations", StarMethod.LEARNED, StarMethod.Learned.EQUATIONS),
                named("gsi").with("vanilla", GsiMethod.PASSES, 0),
                named("dsweight")
                        .with("weighted", DsWeightMethod.CHOICE, DsWeightMethod.Choice.IWSI_W)
                        .with("shown", DsWeightMethod.SHOTS, 1),
                named("latro")
                        .with("a checker's reward", LatroMethod.REWARD, LatroMethod.Reward.RIGHT)
                        .with("whole samples", LatroMethod.CUT, AnswerTemplate.Cut.LAST),
                named("sharpening")
                        .with("online", SharpeningMethod.ALGORITHM, SharpeningMethod.Algorithm.ONLINE)
                        .with("exploring", SharpeningMethod.EXPLORATION, 0.5));
    }

    @Override
    public String toString() {
        return name;
    }
}
