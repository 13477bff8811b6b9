package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import java.util.List;

/// What a program of the user's cannot learn: the rows that trainers read have no column for it.
final class Commanded {
    private Commanded() {}

    /// Why `learning.command` does not go with a value, if it is set and the value is chosen.
    ///
    /// @param because such as `the pairs' rejected sides do not end, and trainers end every text`
    static <T> List<String> refusal(Settings settings, Key<T> key, T value, String because) {
        return !settings.command().isEmpty() && settings.get(key).equals(value)
                ? List.of(RunKeys.COMMAND + " must be none when " + key + " is " + key.write(value) + ": " + because)
                : List.of();
    }
}
