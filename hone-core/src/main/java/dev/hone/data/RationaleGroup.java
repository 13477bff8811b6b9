package dev.hone.data;

import java.util.List;

/// Rationales drawn for one problem whose answer is known.
///
/// @param answer what should follow every rationale: the fixed phrase with the gold answer, not empty; the
///     end token is added
/// @param rationales at least two, so that each has others to be compared with
public record RationaleGroup(String id, List<Message> prompt, String answer, List<Rationale> rationales) {

    /// One rationale, cut where the model ended or began to answer.
    ///
    /// @param content tokens as drawn, or, where the cut is not between two of them, the text; not empty
    public record Rationale(Segment content, Stop stop) {
        public Rationale {
            boolean isEmpty = switch (content) {
                case Segment.Drawn(Tokens tokens, var _) -> tokens.size() == 0;
                case Segment.Written(String text, var _) -> text.isEmpty();
            };
            if (isEmpty) {
                throw new IllegalArgumentException("a rationale needs at least one token");
            }
            if (content.loss() == Segment.Loss.MASKED) {
                throw new IllegalArgumentException("a rationale is learned; mark it COUNTED");
            }
        }

        /// A text, to be tokenized by the learner.
        public static Rationale of(String text, Stop stop) {
            return new Rationale(new Segment.Written(text, Segment.Loss.COUNTED), stop);
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
