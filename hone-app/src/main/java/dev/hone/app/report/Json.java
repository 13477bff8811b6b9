package dev.hone.app.report;

import dev.hone.data.Figure;
import dev.hone.data.Lineage;
import dev.hone.store.PeakMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// Results as JSON, keys in a fixed order.
public final class Json {
    /// What is not a number is null: JSON has no word for it.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Double.class, new StdSerializer<>(Double.class) {
                @Override
                public void serialize(Double value, JsonGenerator out, SerializationContext context) {
                    if (Double.isFinite(value)) {
                        out.writeNumber(value);
                    } else {
                        out.writeNull();
                    }
                }
            }))
            .build();

    private Json() {}

    /// What a program reads from the standard output of `--json`.
    public static String summary(Results results) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", results.run());
        summary.put("model", results.modelFolder().toString());
        summary.put("seconds", results.seconds());
        summary.put("phases", results.phases());
        summary.put("rounds", results.rounds().stream().map(Json::figures).toList());
        summary.put("change", change(results));
        return text(summary);
    }

    /// The report: `measured` is the same for the same settings, `times` is not.
    static String report(Results results) {
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("method", results.method());
        measured.put("task", results.task());
        measured.put("exam", results.base().exam().exam());
        measured.put("settings", results.settings());
        measured.put("rounds", results.rounds().stream().map(Json::whole).toList());
        measured.put("change", change(results));

        Map<String, Object> exams = new LinkedHashMap<>();
        results.rounds().forEach(round -> exams.put(round.label(), round.seconds()));
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("seconds", results.seconds());
        times.put("phases", results.phases());
        times.put("exams", exams);
        times.put("memory", memory(results.memory()));

        Map<String, Object> report = new LinkedHashMap<>();
        report.put("hone", 1);
        report.put("run", results.run());
        report.put("model", results.modelFolder().toString());
        report.put("measured", measured);
        report.put("times", times);
        return text(report);
    }

    /// Peaks by phase, in bytes.
    public static Map<String, Object> memory(Map<String, PeakMemory> phases) {
        Map<String, Object> memory = new LinkedHashMap<>();
        phases.forEach((phase, peak) -> {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("peak", peak.resident());
            parts.put("native", peak.nativeBytes());
            memory.put(phase, parts);
        });
        return memory;
    }

    /// Any mapping, as JSON in one line.
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Any mapping, as indented JSON with a line feed at its end.
    public static String text(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    private static Map<String, Object> whole(Results.Round round) {
        Map<String, Object> whole = figures(round);
        whole.put("model", round.model().id());
        if (round.model().lineage() instanceof Lineage.Learned(String parent, String _, String _, int learned)) {
            whole.put("parent", parent);
            whole.put("learned in round", learned);
        }
        whole.put("generated tokens", round.exam().cost().generatedTokens());
        whole.put("health", round.health());
        return whole;
    }

    private static Map<String, Object> figures(Results.Round round) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("round", round.round());
        round.exam().figures().forEach(each -> figures.put(each.name(), figure(each)));
        return figures;
    }

    private static Map<String, Object> change(Results results) {
        Map<String, Object> change = new LinkedHashMap<>();
        for (String name : results.names()) {
            change.put(name, figure(results.change(name)));
        }
        return change;
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("value", figure.value());
        parts.put("low", figure.low());
        parts.put("high", figure.high());
        parts.put("n", figure.n());
        return parts;
    }
}
