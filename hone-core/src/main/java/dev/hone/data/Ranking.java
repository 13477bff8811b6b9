package dev.hone.data;

import java.util.List;

/// Completions of one prompt, each with how relevant it is. Only the order of relevances is read; equal
/// ones say nothing between each other.
///
/// @param entries at least two, of at least two different relevances
public record Ranking(String id, List<Message> prompt, List<Entry> entries) {

    /// One completion.
    ///
    /// @param relevance finite; higher is better, such as 1 for right and 0 for wrong
    public record Entry(Preference.Side side, double relevance) {
        public Entry {
            if (!Double.isFinite(relevance)) {
                throw new IllegalArgumentException("relevance must be finite but was " + relevance);
            }
        }
    }

    public Ranking {
        prompt = List.copyOf(prompt);
        entries = List.copyOf(entries);
        if (entries.stream().mapToDouble(Entry::relevance).distinct().count() < 2) {
            throw new IllegalArgumentException("ranking \"" + id + "\" has " + entries.size()
                    + " completions of one relevance; it needs two different ones to say anything: leave it out");
        }
    }

    /// The completion of an entry as it is shown to a reward model.
    public Demonstration shown(Entry entry) {
        return new Demonstration("completion of " + id, prompt, entry.side.completion(), entry.side.ending(), 1);
    }
}
