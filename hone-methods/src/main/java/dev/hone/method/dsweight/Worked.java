package dev.hone.method.dsweight;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import java.util.List;

/// What comes from people: `D_v`, and the examples of the prompt.
///
/// @param validation whose loss is the measure; at least one, of problems that are not practised
/// @param shown before each question, turn by turn; none for a model that needs no examples
public record Worked(List<Answer> validation, List<Message> shown) {

    /// A worked answer to a problem.
    public record Answer(Problem problem, String text) {}

    public Worked {
        validation = List.copyOf(validation);
        shown = List.copyOf(shown);
        if (validation.isEmpty()) {
            throw new IllegalArgumentException(
                    "without a worked answer there is no loss to compare with; give at least one");
        }
    }
}
