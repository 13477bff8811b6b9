package dev.hone.generate;

import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.List;

/// Says how likely a given text is.
public interface Likelihood {

    /// Scores the completion of each text under its prompt.
    ///
    /// @param texts prompt and completion; masks and weights do not matter here
    /// @return for each text its completion's tokens (end token included if it ends), every one with its
    ///     log-probability in nats at temperature 1; authors are kept where they were known
    List<Tokens> score(Model model, List<Demonstration> texts, Step step);

    /// The distribution over given strings at one position: preference classifiers, confidence, multiple
    /// choice.
    ///
    /// @return one distribution a question, in their order
    default List<LabelDistribution> labels(Model model, List<LabelQuestion> questions, Step step) {
        List<Demonstration> texts = questions.stream()
                .flatMap(question -> question.labels().stream().map(label -> continued(question, label)))
                .toList();
        List<Tokens> scored = score(model, texts, step);
        List<LabelDistribution> distributions = new ArrayList<>();
        int at = 0;
        for (LabelQuestion question : questions) {
            List<Tokens> own = scored.subList(at, at + question.labels().size());
            distributions.add(LabelDistribution.of(
                    question.labels(), own.stream().map(Likelihood::sum).toList()));
            at += question.labels().size();
        }
        return distributions;
    }

    private static Demonstration continued(LabelQuestion question, String label) {
        return new Demonstration(
                question.id(),
                question.prompt(),
                List.of(new Segment.Written(label, Segment.Loss.COUNTED)),
                Demonstration.Ending.OPEN,
                1);
    }

    private static double sum(Tokens tokens) {
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            sum += tokens.logProb(i);
        }
        return sum;
    }
}
