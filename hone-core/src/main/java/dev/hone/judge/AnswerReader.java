package dev.hone.judge;

import dev.hone.data.Sample;
import java.util.Optional;

/// Reads what a sample answers, for a vote among the samples of one problem: self-consistency needs no reference.
@FunctionalInterface
public interface AnswerReader {

    /// @return in a form that equal answers share; empty for a sample that was cut short or failed, or in which no
    ///     answer can be read
    Optional<String> answer(Sample sample);
}
