package dev.hone.data;

/// What something took, in units that do not depend on the machine.
///
/// @param questions problems asked
/// @param samples completions drawn
/// @param calls of a generator or a model judge, in items
/// @param generatedTokens drawn by models, forced tokens and prompts not counted
public record Cost(long questions, long samples, long calls, long generatedTokens) {

    public Cost plus(Cost more) {
        return new Cost(
                questions + more.questions,
                samples + more.samples,
                calls + more.calls,
                generatedTokens + more.generatedTokens);
    }
}
