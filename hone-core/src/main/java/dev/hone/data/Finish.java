package dev.hone.data;

/// Why a sample ended.
public sealed interface Finish {

    /// The model drew its end token, or a stop string of its [Sampling] was complete.
    record Stopped() implements Finish {}

    /// What is there is not an answer.
    sealed interface Unfinished extends Finish {

        /// Why, for a reader.
        String because();
    }

    /// The limit came first.
    ///
    /// @param maxTokens the limit that was hit
    record Truncated(int maxTokens) implements Unfinished {
        @Override
        public String because() {
            return "cut short at " + maxTokens + " tokens";
        }
    }

    /// No text came out of this item; the others went on.
    record Failed(String because) implements Unfinished {}
}
