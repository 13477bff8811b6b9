package dev.hone.learn;

import dev.hone.data.Examples;
import dev.hone.run.Step;

/// Turns examples into a model.
public interface Learner {

    /// Learns. The model that it starts from stays as it is.
    ///
    /// The same start, examples, objective, training and seed give the same bytes on the same kind of
    /// machine. Cut at any moment and called again with the same step, it ends with the same bytes as if it
    /// had not been cut.
    ///
    /// @throws IllegalArgumentException if there are no examples
    <E extends Examples> Learned learn(Start start, E examples, Objective<E> objective, Training training, Step step);
}
