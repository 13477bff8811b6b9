package dev.hone.app.wiring;

import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Model;
import dev.hone.data.Verifier;
import dev.hone.method.star.WarmStart;
import dev.hone.run.RunEvent;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.Task;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLearner.Lesson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A method's run up to its exam, with scripted roles.
record ScriptedRun(Settings settings, Task task, Script script) {
    private static final Model BASE = Problems.model("base");

    /// What came of it, which must not depend on where a run lies, nor on its own id.
    ///
    /// @param digest of samples, verdicts and decisions
    /// @param models that were offered: their ids by round, that of the base model being `base`
    /// @param verifiers that were offered: round, name, and what they are made of
    record Outcome(
            String digest,
            SortedMap<Integer, String> models,
            List<String> verifiers,
            SortedMap<Integer, SortedMap<String, Double>> health,
            List<RunEvent.Note> notes) {

        private static Outcome of(Store store, String id) {
            SortedMap<Integer, String> models = new TreeMap<>();
            store.offered(id)
                    .forEach(each -> models.put(each.round(), each.model().id()));
            List<String> verifiers = store.verifiers(id).stream()
                    .map(each -> each.round() + " " + each.name() + " " + described(each.verifier()))
                    .toList();
            return new Outcome(store.digest(id), models, verifiers, store.health(id), store.notes(id));
        }

        private static String described(Verifier verifier) {
            return switch (verifier) {
                case Verifier.Preferring(Model model, Model reference) -> model.id() + " beside " + reference.id();
                case Verifier.Grading(Model model) -> model.id();
            };
        }
    }

    /// @param start id of the model that the rounds start from: what the warm start made, or `base`
    /// @param lessons that were learned in the last start
    record Ended(Outcome outcome, String start, List<Lesson> lessons) {}

    private RunPlan plan() {
        String json = new StoredSettings(settings, task.id()).json();
        return new RunPlan(settings.get(RunKeys.METHOD), 1, json, StoredSettings.VERSION, "test");
    }

    /// From the beginning to the end.
    Ended whole(Path folder) {
        Store store = Store.open(folder.resolve("hone.db"));
        return goOn(store, begin(store), Places.none());
    }

    /// @return the id of a run that has done nothing yet
    String begin(Store store) {
        try (RecordedRun run = store.start(plan(), _ -> {}, () -> false)) {
            return run.id();
        }
    }

    /// To the end, or to where it dies.
    ///
    /// @throws Places.Death there
    Ended goOn(Store store, String id, Places places) {
        var lessons = new ScriptedLearner();
        Chronicle told = new Chronicle();
        try (RecordedRun run = store.resume(id, places.after(told), () -> false)) {
            Path models = run.folder().resolve("models");
            new Improvement(settings, task, MortalEngine.of(script, lessons, models, places), run, told).improve(BASE);
        }
        return new Ended(Outcome.of(store, id), warm(store, id).orElse(BASE).id(), lessons.lessons());
    }

    private static Optional<Model> warm(Store store, String id) {
        return store.learned(id).stream()
                .filter(each -> each.step().equals(WarmStart.STEP))
                .map(each -> each.learned().model())
                .findFirst();
    }
}
