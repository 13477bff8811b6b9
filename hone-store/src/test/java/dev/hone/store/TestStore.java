package dev.hone.store;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Prompt;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A store in a folder of its own, and what its runs told.
record TestStore(Store store, List<RunEvent> events) {
    static final Model BASE = Problems.model("base");
    static final List<Problem> PROBLEMS = Problems.numbered(3);
    static final Sampling PLAIN = new Sampling(1, 20);

    TestStore(Path folder) {
        this(Store.open(folder.resolve("hone.db")), new ArrayList<>());
    }

    RecordedRun start() {
        return store.start(CutRunTest.PLAN, events::add, () -> false);
    }

    /// Does the same in a first and in a second start of one run.
    <T> List<T> twice(Function<RecordedRun, T> work) {
        T first;
        String id;
        try (RecordedRun run = start()) {
            id = run.id();
            first = work.apply(run);
        }
        try (RecordedRun run = store.resume(id, events::add, () -> false)) {
            return List.of(first, work.apply(run));
        }
    }

    static List<Prompt> prompts(int samples) {
        return PROBLEMS.stream()
                .map(problem -> Prompt.of(problem, samples, PLAIN))
                .toList();
    }

    static List<Sample> drawn(RecordedRun run, Step step) {
        return run.record(
                        new ScriptedGenerator(
                                (_, prompt, index, _) -> prompt.problem().id() + index),
                        Phase.SAMPLE)
                .generate(BASE, prompts(2), step);
    }
}
