package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.settings.RunKeys;
import dev.hone.app.wiring.FiledSums.Truth;
import dev.hone.app.wiring.ScriptedRun.Ended;
import dev.hone.run.Seed;
import dev.hone.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method, with every choice in it, killed and resumed.
class CutMethodTest {
    /// Of the places besides those after a round's model one in so many, so that all variants together take seconds.
    private static final int ONE_IN = 6;

    private static ScriptedRun run(Variant variant) {
        return new ScriptedRun(
                variant.settings().with(RunKeys.SAMPLING_BATCH, 12),
                new FiledSums(8, 2, Truth.NAMED),
                Pupil.learning());
    }

    static List<Variant> plain() {
        return Variant.plain();
    }

    static List<Variant> all() {
        return Variant.all();
    }

    /// Ends like a run that nobody killed.
    private static void killed(ScriptedRun run, Predicate<String> chosen, int atLeast, Path folder) {
        Ended calm = run.whole(folder.resolve("calm"));
        assertThat(calm.lessons()).as("it learns something").isNotEmpty();
        Store store = Store.open(folder.resolve("killed").resolve("hone.db"));
        String id = run.begin(store);
        Places places = Places.where(chosen);
        Optional<Ended> ended = Optional.empty();
        while (ended.isEmpty()) {
            ended = start(run, store, id, places);
        }
        assertThat(places.died()).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(ended.orElseThrow().outcome()).as("killed " + places.died()).isEqualTo(calm.outcome());
    }

    private static Optional<Ended> start(ScriptedRun run, Store store, String id, Places places) {
        try {
            return Optional.of(run.goOn(store, id, places));
        } catch (Places.Death death) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void a_method_that_is_killed_once_at_every_place_ends_like_one_that_was_not(Variant variant, @TempDir Path folder) {
        killed(run(variant), _ -> true, 20, folder);
    }

    @ParameterizedTest
    @MethodSource("all")
    void with_every_choice_it_is_killed_at_some_places_and_ends_the_same(Variant variant, @TempDir Path folder) {
        Seed seed = new Seed(0).derive(variant.name());
        killed(
                run(variant),
                place -> place.startsWith(Places.OFFERED)
                        || seed.derive(place).random().nextInt(ONE_IN) == 0,
                1,
                folder);
    }
}
