package dev.hone.learn;

import dev.hone.data.Examples;
import dev.hone.data.Model;
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

    /// Lets go of a model that it gave: what is kept of it may be deleted, the moments of its optimizer too.
    /// Whoever calls this neither draws from it nor learns from it any more, and does not offer it. Released
    /// twice, it is as released once.
    ///
    /// @param model from [#learn]; anything else is left alone
    default void release(Model model) {}
}
