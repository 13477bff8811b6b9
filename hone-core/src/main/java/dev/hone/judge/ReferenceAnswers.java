package dev.hone.judge;

import dev.hone.data.Finish;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import java.util.Map;
import java.util.Optional;

/// Finds the answer where the problem's [Reference] would look for it, without looking at the reference's own.
///
/// @param checkers the programs that [Reference.Checked] may name
public record ReferenceAnswers(Map<String, Checker> checkers) implements AnswerReader {

    public ReferenceAnswers {
        checkers = Map.copyOf(checkers);
    }

    @Override
    public Optional<String> answer(Sample sample) {
        if (!(sample.finish() instanceof Finish.Stopped)) {
            return Optional.empty();
        }
        Optional<String> found = switch (sample.problem().reference()) {
            case Reference.Answer(String _, var match) -> FinalAnswer.of(match, sample.text());
            case Reference.Checked(String name) ->
                Checker.named(name, checkers).answer(sample.problem(), sample.text());
            case Reference.None() -> Optional.of(sample.text());
        };
        return found.map(FinalAnswer::shared).filter(answer -> !answer.isEmpty());
    }
}
