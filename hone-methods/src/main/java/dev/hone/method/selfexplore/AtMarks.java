package dev.hone.method.selfexplore;

import dev.hone.method.selfexplore.Steps.Span;
import java.util.ArrayList;
import java.util.List;

/// A step between two marks; one of nothing but blanks is none. Blanks before the next mark do not belong
/// to a step, those in front of it do.
///
/// **Paper** card self-explore, step 6, GSM8K: non-empty lines.
///
/// @param marks each character of it is one
public record AtMarks(String marks) implements StepSplit {
    /// A step a line.
    public static final AtMarks LINES = new AtMarks("\n");
    /// A step a line or what semicolons separate: the traces of Countdown and Arithmetic.
    public static final AtMarks TRACES = new AtMarks("\n;");

    @Override
    public Steps of(String text) {
        List<Span> spans = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || marks.indexOf(text.charAt(i)) >= 0) {
                String piece = text.substring(start, i).stripTrailing();
                if (!piece.isEmpty()) {
                    spans.add(new Span(spans.isEmpty() ? 0 : start, start + piece.length()));
                }
                start = i + 1;
            }
        }
        return new Steps(text, spans);
    }
}
