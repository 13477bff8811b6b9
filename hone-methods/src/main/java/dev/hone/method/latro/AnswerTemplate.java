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
/// @param cut at which of its beginnings in a sample the rationale ends
public record AnswerTemplate(String text, Cut cut) {

    /// Where the words before the answer occur more than once.
    public enum Cut {
        /// At the first, where drawing stops. Other common ways to begin an answer end a rationale too.
        FIRST,
        /// At the last, for answers whose steps are separated by the same mark, such as `7*5-2;35-2;33` by
        /// `;{}`. A sample is drawn to its end; it is finished if it came to one and has the mark.
        LAST
    }

    private static final String HOLE = "{}";
    /// Other ways to begin an answer, at which a rationale ends too. Matched in the text, not in tokens.
    private static final List<String> COMMON = List.of(
            "Therefore, the answer",
            "The answer is",
            "the answer is",
            "The correct answer",
            "the correct answer",
            "The final answer",
            "the final answer",
            "Final answer",
            "final answer",
            "Final Answer",
            "Answer:",
            "answer:",
            "ANSWER:",
            "####",
            "\\boxed{");

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

    /// What ends the drawing of a rationale; nothing does where the last beginning counts.
    List<String> stops() {
        if (cut == Cut.LAST) {
            return List.of();
        }
        List<String> stops = new ArrayList<>(COMMON);
        String own = words();
        if (!stops.contains(own)) {
            stops.add(own);
        }
        return stops;
    }

    private String words() {
        return text.substring(0, text.indexOf(HOLE)).strip();
    }

    /// The rationale in a sample that was drawn with these stops.
    ///
    /// @return empty if the model wrote none, or failed
    Optional<Rationale> rationale(Sample sample) {
        int at = cut == Cut.LAST ? sample.text().lastIndexOf(words()) : -1;
        boolean isWhole = cut == Cut.FIRST || at >= 0;
        String reasoned = (at < 0 ? sample.text() : sample.text().substring(0, at)).stripTrailing();
        if (reasoned.isEmpty()) {
            return Optional.empty();
        }
        return switch (sample.finish()) {
            case Finish.Stopped() -> Optional.of(Rationale.of(reasoned, isWhole ? Stop.FINISHED : Stop.CUT));
            case Finish.Truncated _ -> Optional.of(Rationale.of(reasoned, Stop.CUT));
            case Finish.Failed _ -> Optional.empty();
        };
    }
}
