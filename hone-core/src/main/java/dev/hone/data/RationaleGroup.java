package dev.hone.data;

import java.util.List;

/// Rationales drawn for one problem whose answer is known.
///
/// @param answer what should follow every rationale: the fixed phrase with the gold answer, not empty; the
///     end token is added
/// @param rationales at least two, so that each has others to be compared with
public record RationaleGroup(String id, List<Message> prompt, String answer, List<Rationale> rationales) {

    /// One rationale.
    ///
    /// @param tokens as drawn, cut where the model ended or began to answer; not empty
    public record Rationale(Tokens tokens, Stop stop) {
        public Rationale {
            if (tokens.size() == 0) {
                throw new IllegalArgumentException("a rationale needs at least one token");
            }
        }
    }

    /// Whether the model came to an end within its limit.
    public enum Stop {
        FINISHED,
        CUT
    }

    public RationaleGroup {
        prompt = List.copyOf(prompt);
        rationales = List.copyOf(rationales);
        if (answer.isEmpty() || rationales.size() < 2) {
            throw new IllegalArgumentException("rationales of \"" + id + "\": " + rationales.size()
                    + " rationales and an answer of " + answer.length()
                    + " characters; needed are at least 2 and an answer that is not empty");
        }
    }
}
