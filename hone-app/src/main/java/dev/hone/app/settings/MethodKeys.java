package dev.hone.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Which values a method reads besides those of every run, and which of those it does not.
///
/// @param method its name
/// @param own keys that no other method reads, named `method.something`
/// @param unread keys of every run that mean nothing to it; who sets one is told so
/// @param standards of keys of every run whose default is another with this method
/// @param between what is wrong between values that are each allowed, when this method is chosen
public record MethodKeys(
        String method,
        List<Key<?>> own,
        List<Key<?>> unread,
        List<Standard<?>> standards,
        Function<Settings, List<String>> between) {

    /// A default.
    public record Standard<T>(Key<T> key, T value) {
        Settings in(Settings settings) {
            return settings.with(key, value);
        }

        String written() {
            return key.write(value);
        }
    }

    public MethodKeys {
        own = List.copyOf(own);
        unread = List.copyOf(unread);
        standards = List.copyOf(standards);
    }

    /// Some keys and groups of keys as one list.
    @SafeVarargs
    public static List<Key<?>> joined(List<Key<?>>... groups) {
        List<Key<?>> keys = new ArrayList<>();
        for (List<Key<?>> group : groups) {
            keys.addAll(group);
        }
        return keys;
    }

    /// With the defaults of every run.
    public MethodKeys(String method, List<Key<?>> own, List<Key<?>> unread, Function<Settings, List<String>> between) {
        this(method, own, unread, List.of(), between);
    }

    /// With values that all go together, and the defaults of every run.
    public MethodKeys(String method, List<Key<?>> own, List<Key<?>> unread) {
        this(method, own, unread, _ -> List.of());
    }

    /// The same with defaults of its own.
    public MethodKeys with(Standard<?>... defaults) {
        return new MethodKeys(method, own, unread, List.of(defaults), between);
    }
}
