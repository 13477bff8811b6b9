package dev.hone.method.latro;

import dev.hone.data.Finish;
import dev.hone.data.RationaleGroup.Rationale;
import dev.hone.data.RationaleGroup.Stop;
import dev.hone.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How an answer follows a rationale, and where a rationale ends therefore (card latro, steps 1 and 3).
///
/// @param text such as ` Answer: {}`, white space in front included; the answer takes the place of the one
///     `{}`
public record AnswerTemplate(String text) {
    private static final String HOLE = "{}";
    /// Other ways to begin an answer, at which a rationale ends too. Matched in the text, not in tokens.
    private static final List<String> COMMON = List.of(
            "The answer is", "the answer is", "Therefore, the answer", "Answer:", "Final answer", "####", "\\boxed{");

    public AnswerTemplate {
        int at = text.indexOf(HOLE);
        if (at < 0 || text.indexOf(HOLE, at + 1) >= 0 || text.substring(0, at).isBlank()) {
            throw new IllegalArgumentException(
                    "an answer template needs words and then one {}, such as \" Answer: {}\"," + " but was \"" + text
                            + "\"");
        }
    }

    /// What the model should find likely after a rationale; the end token follows.
    public String filled(String answer) {
        return text.replace(HOLE, answer.strip());
    }

    /// What ends a rationale.
    List<String> stops() {
        List<String> stops = new ArrayList<>(COMMON);
        String own = text.substring(0, text.indexOf(HOLE)).strip();
        if (!stops.contains(own)) {
            stops.add(own);
        }
        return stops;
    }

    /// The rationale in a sample that was drawn with these stops.
    ///
    /// @return empty if the model wrote none, or failed
    Optional<Rationale> rationale(Sample sample) {
        String reasoned = sample.text().stripTrailing();
        if (reasoned.isEmpty()) {
            return Optional.empty();
        }
        return switch (sample.finish()) {
            case Finish.Stopped() -> Optional.of(Rationale.of(reasoned, Stop.FINISHED));
            case Finish.Truncated _ -> Optional.of(Rationale.of(reasoned, Stop.CUT));
            case Finish.Failed _ -> Optional.empty();
        };
    }
}
