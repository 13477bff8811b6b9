package dev.hone.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Something to be solved.
///
/// @param id unique within its task; seeds and rows in the record derive from it
/// @param prompt at least one message
/// @param facts what is known of the problem besides its prompt, by name (numbers, target, difficulty), sorted
public record Problem(
        String id, List<Message> prompt, Reference reference, Split split, SortedMap<String, String> facts) {

    public Problem {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a problem needs an id that is not blank");
        }
        prompt = List.copyOf(prompt);
        if (prompt.isEmpty()) {
            throw new IllegalArgumentException("problem \"" + id + "\" has no prompt; give it at least one message");
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /// A fact that must be there.
    ///
    /// @throws IllegalArgumentException if it is not
    public String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "problem \"" + id + "\" lacks the fact \"" + name + "\"; it has " + facts.keySet());
        }
        return value;
    }
}
