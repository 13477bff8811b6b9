package dev.hone.app.settings;

import java.util.List;

/// Which values a method reads besides those of every run, and which of those it does not.
///
/// @param method its name
/// @param own keys that no other method reads, named `method.something`
/// @param unread keys of every run that mean nothing to it; who sets one is told so
public record MethodKeys(String method, List<Key<?>> own, List<Key<?>> unread) {

    public MethodKeys {
        own = List.copyOf(own);
        unread = List.copyOf(unread);
    }
}
