package dev.hone.app;

import dev.hone.app.report.Columns;
import dev.hone.app.report.Ending;
import dev.hone.app.report.Json;
import dev.hone.app.report.Numbers;
import dev.hone.app.wiring.Examination;
import dev.hone.app.wiring.StoredSettings;
import dev.hone.data.Figure;
import dev.hone.run.RunEvent;
import dev.hone.store.ExaminedStep;
import dev.hone.store.PeakMemory;
import dev.hone.store.RunRecord;
import dev.hone.store.StepCount;
import dev.hone.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is known of one run, finished or not.
final class RunPage {
    private RunPage() {}

    static String text(Path out, String id) {
        Store store = RunFolder.existing(out);
        RunRecord run = store.run(id);
        List<String> lines = new ArrayList<>();
        lines.add("run      " + run.id() + ", " + run.status().word());
        lines.add("started  " + run.started());
        lines.add("method   " + run.plan().method() + ", Hone " + run.plan().honeVersion());
        if (!run.headline().isEmpty()) {
            lines.add("result   " + run.headline());
        }
        lines.add("folder   " + run.folder());
        store.offered(id)
                .forEach(offered -> lines.add("model    round " + offered.round() + "  "
                        + Path.of(offered.model().location())));
        store.verifiers(id)
                .forEach(offered -> lines.add("verifier round " + offered.round() + "  " + offered.name() + "  "
                        + Path.of(offered.verifier().model().location())));
        lines.add("time     " + times(store, id));
        lines.add("memory   " + Ending.memory(memory(store, id)));
        lines.add("");
        lines.addAll(steps(store.counts(id)));
        figures(store, id).forEach(lines::add);
        for (RunEvent.Note note : store.notes(id)) {
            lines.add("note     " + (note.round() < 1 ? "base" : "round " + note.round()) + ": " + note.text());
        }
        if (!run.status().word().equals("done")) {
            lines.add("");
            lines.add("next     hone resume " + run.id() + RunFolder.option(out));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String times(Store store, String id) {
        List<String> parts = new ArrayList<>();
        store.phaseSeconds(id)
                .forEach((phase, seconds) ->
                        parts.add(phase.name().toLowerCase(Locale.ROOT) + " " + Numbers.duration(seconds)));
        return String.join(", ", parts);
    }

    private static Map<String, PeakMemory> memory(Store store, String id) {
        Map<String, PeakMemory> memory = new LinkedHashMap<>();
        store.phaseMemory(id).forEach((phase, peak) -> memory.put(phase.name().toLowerCase(Locale.ROOT), peak));
        return memory;
    }

    private static List<String> steps(List<StepCount> counts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("step", "round", "samples", "right", "kept"));
        counts.forEach(count -> rows.add(List.of(
                count.step(),
                Integer.toString(count.round()),
                Numbers.whole(count.samples()),
                Numbers.whole(count.right()),
                Numbers.whole(count.kept()))));
        return new Columns(rows).lines();
    }

    private static List<String> figures(Store store, String id) {
        List<String> lines = new ArrayList<>();
        List<ExaminedStep> exams = store.reports(id);
        boolean warm = exams.stream().anyMatch(exam -> exam.step().endsWith(Examination.GIVEN));
        for (ExaminedStep exam : exams) {
            List<String> parts = new ArrayList<>();
            for (Figure figure : exam.report().figures()) {
                parts.add(figure.name() + " " + Numbers.fixed(figure.value(), 3));
            }
            String start = warm && !exam.step().endsWith(Examination.GIVEN) ? "warm start" : "base";
            lines.add("exam     " + (exam.round() == 0 ? start : "round " + exam.round()) + ": "
                    + String.join(", ", parts));
        }
        return lines;
    }

    static String json(Path out, String id) {
        Store store = RunFolder.existing(out);
        RunRecord run = store.run(id);
        Map<String, Object> page = new LinkedHashMap<>(RunList.fields(run));
        page.put("folder", run.folder().toString());
        page.put("settings", StoredSettings.written(run.plan()));
        Map<String, Double> phases = new LinkedHashMap<>();
        store.phaseSeconds(id)
                .forEach((phase, seconds) -> phases.put(phase.name().toLowerCase(Locale.ROOT), seconds));
        page.put("phases", phases);
        page.put("memory", Json.memory(memory(store, id)));
        page.put("steps", store.counts(id));
        page.put("health", store.health(id));
        page.put("models", store.offered(id).stream().map(RunPage::model).toList());
        page.put(
                "verifiers", store.verifiers(id).stream().map(RunPage::verifier).toList());
        page.put("exams", store.reports(id).stream().map(RunPage::exam).toList());
        return Json.text(page);
    }

    private static Map<String, Object> model(RunEvent.Offered offered) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("round", offered.round());
        model.put("id", offered.model().id());
        model.put("folder", Path.of(offered.model().location()).toString());
        return model;
    }

    private static Map<String, Object> verifier(RunEvent.OfferedVerifier offered) {
        Map<String, Object> verifier = new LinkedHashMap<>();
        verifier.put("round", offered.round());
        verifier.put("name", offered.name());
        verifier.put("id", offered.verifier().model().id());
        verifier.put("folder", Path.of(offered.verifier().model().location()).toString());
        return verifier;
    }

    private static Map<String, Object> exam(ExaminedStep exam) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("round", exam.round());
        fields.put("exam", exam.report().exam());
        fields.put("figures", exam.report().figures());
        return fields;
    }
}
