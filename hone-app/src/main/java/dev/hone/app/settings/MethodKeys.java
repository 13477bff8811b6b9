package dev.hone.app.settings;

import java.util.List;
import java.util.function.Function;

/// Which values a method reads besides those of every run, and which of those it does not.
///
/// @param method its name
/// @param own keys that no other method reads, named `method.something`
/// @param unread keys of every run that mean nothing to it; who sets one is told so
/// @param between what is wrong between values that are each allowed, when this method is chosen
public record MethodKeys(
        String method, List<Key<?>> own, List<Key<?>> unread, Function<Settings, List<String>> between) {
    public MethodKeys {
        own = List.copyOf(own);
        unread = List.copyOf(unread);
    }

    /// With values that all go together.
    public MethodKeys(String method, List<Key<?>> own, List<Key<?>> unread) {
        this(method, own, unread, _ -> List.of());
    }
}
