package dev.hone.measure.diversity;

import java.util.OptionalDouble;

/// How different the members of a set are that grows: what a greedy choice asks of each candidate (card dive,
/// "Pitfalls": running sums instead of all pairs again). Belongs to one caller and thread.
///
/// @param <T> what a member is looked at as
public sealed interface RunningDiversity<T> permits DistinctN.Running, EmbeddingDiversity.Running {

    /// @return nothing where it is not defined, as for too few members
    OptionalDouble value();

    /// What [#value] would be with one more; the set stays as it is.
    OptionalDouble with(T candidate);

    void add(T member);
}
