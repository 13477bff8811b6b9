package dev.hone.data;

/// A model that says which of the samples of another one is best.
public sealed interface Verifier {

    Model model();

    /// Learned from pairs of better and worse answers. It ranks by how likely it finds an answer, `log V(y | x)` over
    /// all of its tokens, and less plainly by token or by what it likes more than its reference does.
    ///
    /// @param reference that it was learned against
    record Preferring(Model model, Model reference) implements Verifier {}

    /// Learned from answers called right or wrong. It ranks by how probable it finds an answer to be right.
    record Grading(Model model) implements Verifier {}
}
