package dev.hone.app;

import dev.hone.app.report.Columns;
import dev.hone.app.report.Json;
import dev.hone.store.RunRecord;
import dev.hone.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The list of runs.
final class RunList {
    private RunList() {}

    static String text(Path out) {
        List<RunRecord> runs = runs(out);
        if (runs.isEmpty()) {
            return "no runs in " + out + "; \"hone improve\" starts one\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("run", "method", "status", "result"));
        runs.forEach(run ->
                rows.add(List.of(run.id(), run.plan().method(), run.status().word(), run.headline())));
        return String.join("\n", new Columns(rows).leftLines()) + "\n";
    }

    static String json(Path out) {
        return Json.text(runs(out).stream().map(RunList::fields).toList());
    }

    static Map<String, Object> fields(RunRecord run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", run.id());
        fields.put("method", run.plan().method());
        fields.put("status", run.status().word());
        fields.put("started", run.started().toString());
        fields.put("headline", run.headline());
        return fields;
    }

    private static List<RunRecord> runs(Path out) {
        return RunFolder.ifThere(out).map(Store::runs).orElse(List.of());
    }
}
