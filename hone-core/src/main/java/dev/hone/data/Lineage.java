package dev.hone.data;

/// Where a model comes from.
public sealed interface Lineage {

    /// Given to Hone: embedded, a user's folder, an endpoint.
    record Given(String by) implements Lineage {}

    /// Learned by Hone.
    ///
    /// @param parent id of the model whose weights it started from
    record Learned(String parent, String run, String step, int round) implements Lineage {}
}
