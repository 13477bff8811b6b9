package dev.hone.method.dsweight;

import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/// `L(x)`: the mean over a text's tokens of their negative log-probability under a frozen model, nats, the
/// end included (step 3 of the card). A human answer and a sample are written in the same way, as text, so
/// that a difference between two losses is none between two forms.
///
/// As a judge it gives the negative loss; what was cut short or is empty is unjudged.
///
/// @param scope which tokens the mean is over
public record MeanLoss(Likelihood likelihood, Model model, Scope scope) implements Judge {
    private static final String NAME = "negative mean loss";

    /// Which tokens a mean is over.
    public enum Scope {
        /// Those of the question too, as in the released code, but for its first character, which nothing
        /// predicts. The question is written as the beginning of the answer, since a likelihood scores
        /// completions.
        WHOLE,
        /// Those of the answer alone: a long question does not dilute it.
        ANSWER
    }

    /// @return one a human answer
    public List<Double> of(List<Worked.Answer> answers, Step step) {
        return losses(
                answers.stream()
                        .map(each -> text(each.problem().id(), each.problem().prompt(), each.text()))
                        .toList(),
                step);
    }

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Sample> samples =
                groups.stream().flatMap(group -> group.samples().stream()).toList();
        List<Sample> whole = samples.stream().filter(MeanLoss::isWhole).toList();
        List<Double> losses = losses(
                whole.stream()
                        .map(each -> text(each.id(), each.problem().prompt(), each.text()))
                        .toList(),
                step);
        Iterator<Double> next = losses.iterator();
        return samples.stream()
                .map(sample -> new Judged(sample, NAME, isWhole(sample) ? verdict(next.next()) : unjudged(sample)))
                .toList();
    }

    private static boolean isWhole(Sample sample) {
        return sample.finish() instanceof Finish.Stopped && !sample.text().isEmpty();
    }

    private static Verdict verdict(double loss) {
        return Double.isFinite(loss)
                ? new Verdict.Rewarded(-loss, "nats a token")
                : new Verdict.Unjudged("a token has no chance at all");
    }

    private static Verdict unjudged(Sample sample) {
        return switch (sample.finish()) {
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
            case Finish.Stopped() -> new Verdict.Unjudged("it has no text");
        };
    }

    private Demonstration text(String id, List<Message> prompt, String answer) {
        boolean isText = prompt.stream().allMatch(Message::isText);
        String question = isText ? prompt.stream().map(Message::text).collect(Collectors.joining()) : "";
        if (scope == Scope.ANSWER || question.isEmpty()) {
            return Demonstration.of(id, prompt, answer);
        }
        int first = question.offsetByCodePoints(0, 1);
        return new Demonstration(
                id,
                List.of(Message.user(question.substring(0, first))),
                List.of(new Segment.Written(question.substring(first) + answer, Segment.Loss.COUNTED)),
                Demonstration.Ending.ENDS,
                1);
    }

    private List<Double> losses(List<Demonstration> texts, Step step) {
        return texts.isEmpty()
                ? List.of()
                : likelihood.score(model, texts, step).stream()
                        .map(MeanLoss::loss)
                        .toList();
    }

    private static double loss(Tokens tokens) {
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            sum -= tokens.logProb(i);
        }
        return sum / tokens.size();
    }
}
