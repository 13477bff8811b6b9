package dev.hone.method.selfexplore;

import java.util.List;

/// A solution cut into steps. What separates two steps belongs to the beginning before the later one, so
/// that whoever goes on from there starts where that step starts, with the same characters in front.
///
/// @param spans of the steps, in order, none empty; the first starts with the text
public record Steps(String text, List<Span> spans) {

    /// @param end behind the last character
    public record Span(int start, int end) {}

    public Steps {
        spans = List.copyOf(spans);
    }

    int count() {
        return spans.size();
    }

    /// @param number from 1
    String step(int number) {
        Span span = spans.get(number - 1);
        return text.substring(span.start, span.end);
    }

    /// All that stands before a step.
    ///
    /// @param number from 1
    String before(int number) {
        return text.substring(0, spans.get(number - 1).start);
    }

    /// All to where the next step begins; of the last step the whole text.
    ///
    /// @param number from 1
    String through(int number) {
        return number == count() ? text : before(number + 1);
    }

    /// A step and all that follows.
    ///
    /// @param number from 1
    String from(int number) {
        return text.substring(spans.get(number - 1).start);
    }
}
