package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.settings.Key;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.generate.Generator;
import dev.hone.method.dive.Pooling;
import dev.hone.run.HoneException;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs of methods that are stopped at one safe place after the other and resumed.
class CutMethodTest {
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.ROUNDS, 3)
            .with(RunKeys.PROBLEMS, 12)
            .with(RunKeys.SAMPLES, 4)
            .with(RunKeys.SAMPLING_BATCH, 2)
            .with(RunKeys.VALIDATION_PROBLEMS, 5);

    private static Settings of(String method) {
        return SETTINGS.with(RunKeys.METHOD, method);
    }

    private static <T> Settings of(String method, Key<T> key, T value) {
        return of(method).with(key, value);
    }

    static Stream<Settings> runs() {
        return Stream.of(
                of("dive"),
                of("dive", DiveMethod.CHOICE, DiveMethod.Choice.SHUFFLED),
                of("dive", DiveMethod.GROWTH, Pooling.Growth.GROWING).with(DiveMethod.POOL, Pooling.Scope.ROUND),
                of("dsweight"),
                of("dsweight", DsWeightMethod.CHOICE, DsWeightMethod.Choice.SELF),
                of("dsweight", DsWeightMethod.CHOICE, DsWeightMethod.Choice.IWSI_W)
                        .with(DsWeightMethod.SHOTS, 2)
                        .with(RunKeys.WARM_PROBLEMS, 3));
    }

    /// Several wordings, of which `yes` is right.
    private static Generator generator() {
        return new ScriptedGenerator((model, _, index, seed) -> {
            double sure = model.lineage() instanceof Lineage.Learned ? 0.6 : 0.4;
            return new SplittableRandom(seed).nextDouble() < sure ? "yes" : "no " + index;
        });
    }

    private record Outcome(String digest, Map<Integer, String> models) {}

    private static RunPlan plan(Settings settings) {
        return new RunPlan(settings.get(RunKeys.METHOD), 1, new StoredSettings(settings, "yes@1").json(), 1, "test");
    }

    private static Outcome outcome(Settings settings, Store store, RecordedRun run, Chronicle chronicle) {
        var learner = new FolderLearner(run.folder().resolve("models"), new ScriptedLearner());
        Map<Integer, String> ids = new TreeMap<>();
        Map<Integer, Model> models = new Improvement(
                        settings,
                        YesTask.with(YesTask.Exam.SEALED),
                        new ScriptedEngine(generator(), learner),
                        run,
                        chronicle)
                .improve(Problems.model("base"));
        models.forEach((round, model) -> ids.put(round, model.id()));
        return new Outcome(store.digest(run.id()), ids);
    }

    private static BooleanSupplier after(int places) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() > places;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void a_run_that_was_stopped_anywhere_and_resumed_ends_like_one_that_was_not(
            Settings settings, @TempDir Path folder) {
        Outcome calm = uncut(settings, folder.resolve("calm"));
        assertThat(calm.models().values()).as("every round learned something").doesNotHaveDuplicates();
        int stopped = 0;
        for (int places = 0; ; places++) {
            Store store = Store.open(folder.resolve("cut-" + places).resolve("hone.db"));
            Chronicle first = new Chronicle();
            try (RecordedRun run = store.start(plan(settings), first, after(places))) {
                outcome(settings, store, run, first);
                break;
            } catch (HoneException cut) {
                assertThat(cut.kind()).isEqualTo(HoneException.Kind.STOPPED);
                stopped++;
            }
            Chronicle second = new Chronicle();
            try (RecordedRun run = store.resume(id(store), second, () -> false)) {
                assertThat(outcome(settings, store, run, second))
                        .as("stopped at place " + places)
                        .isEqualTo(calm);
            }
        }
        assertThat(stopped).isGreaterThan(3);
    }

    private static String id(Store store) {
        return store.runs().getFirst().id();
    }

    private static Outcome uncut(Settings settings, Path folder) {
        Store store = Store.open(folder.resolve("hone.db"));
        Chronicle chronicle = new Chronicle();
        try (RecordedRun run = store.start(plan(settings), chronicle, () -> false)) {
            return outcome(settings, store, run, chronicle);
        }
    }
}
