package dev.hone.app.wiring;

import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.Settings;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.store.RunPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// What a run keeps of its settings, so that it can be resumed.
///
/// @param task id of the task, which for a file names its content
public record StoredSettings(Settings settings, String task) {
    /// Of the form below.
    public static final int VERSION = 1;

    public String json() {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("task", task);
        stored.put("settings", settings.written());
        return JsonMapper.shared().writeValueAsString(stored);
    }

    public static StoredSettings read(RunPlan plan) {
        if (plan.settingsVersion() != VERSION) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "the run was started by Hone " + plan.honeVersion() + " with settings of version "
                            + plan.settingsVersion() + "; this Hone reads " + VERSION + ": resume it with that one");
        }
        Map<String, String> written = written(plan);
        Set<String> unknown = new TreeSet<>(written.keySet());
        unknown.removeAll(Methods.settings().names());
        if (!unknown.isEmpty()) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "the run was started by Hone " + plan.honeVersion() + ", which has settings that this one does not"
                            + " know: " + String.join(", ", unknown) + "; resume it with that one");
        }
        Settings settings = Inputs.of(Methods.settings(), Optional.empty(), written, _ -> List.of())
                .settings();
        return new StoredSettings(
                settings,
                JsonMapper.shared().readTree(plan.settings()).get("task").asString());
    }

    /// As they stand on record, whichever Hone wrote them.
    public static Map<String, String> written(RunPlan plan) {
        Map<String, String> written = new LinkedHashMap<>();
        JsonMapper.shared()
                .readTree(plan.settings())
                .get("settings")
                .properties()
                .forEach(each -> written.put(each.getKey(), each.getValue().asString()));
        return written;
    }

    /// @param now the task's id as of now
    /// @throws HoneException if the task's content is another than when the run was started
    public void refuseOther(String now) {
        if (!now.equals(task)) {
            throw new HoneException(
                    Kind.DATA,
                    "the run was started on the task " + task + " but it is " + now
                            + " now; put the file back as it was, or start another run");
        }
    }
}
