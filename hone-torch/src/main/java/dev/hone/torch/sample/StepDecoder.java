package dev.hone.torch.sample;

/// Moves sequences on by the tokens that were [added][#add], all of them at once; several tokens of one sequence may
/// be among them, as in a prompt. It keeps what they have seen, and owns memory until it is closed.
///
/// One thread at a time.
sealed interface StepDecoder extends AutoCloseable permits BatchDecoder, TensorDecoder {

    /// Where its sequences come from.
    Pages pages();

    /// How many tokens may still be added to this step.
    int free();

    /// Puts the next token of a sequence into this step.
    ///
    /// @param sequence of [#pages]
    /// @param logits whether those after it are wanted
    /// @return which of the logits are its, if wanted
    int add(Pages.Sequence sequence, int token, boolean logits);

    /// Computes what was added; the next step starts empty.
    ///
    /// @return `[wanted][vocabulary]`, valid until the next step
    float[] step();

    @Override
    void close();
}
