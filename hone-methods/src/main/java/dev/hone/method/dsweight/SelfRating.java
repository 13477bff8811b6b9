package dev.hone.method.dsweight;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Part;
import dev.hone.data.Role;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.generate.LabelDistribution;
import dev.hone.generate.LabelQuestion;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Asks a model whether a sample is right: the probability of yes beside no. What was cut short is
/// unjudged.
///
/// **Source** card ds-weight, the self-filter, whose wording the card does not give.
public record SelfRating(Likelihood likelihood, Model model) implements Judge {
    private static final String QUESTION = "Is this answer right? Say yes or no.";
    private static final List<String> LABELS = List.of("yes", "no");

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Sample> samples =
                groups.stream().flatMap(group -> group.samples().stream()).toList();
        List<LabelQuestion> questions = samples.stream()
                .filter(sample -> sample.finish() instanceof Finish.Stopped)
                .map(SelfRating::question)
                .toList();
        Iterator<LabelDistribution> said = (questions.isEmpty()
                        ? List.<LabelDistribution>of()
                        : likelihood.labels(model, questions, step))
                .iterator();
        return samples.stream()
                .map(sample -> new Judged(sample, "self-rating", verdict(sample, said)))
                .toList();
    }

    private static Verdict verdict(Sample sample, Iterator<LabelDistribution> said) {
        return switch (sample.finish()) {
            case Finish.Stopped() ->
                new Verdict.Scored(Math.clamp(said.next().of("yes"), 0, 1), "probability of yes beside no");
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
        };
    }

    private static LabelQuestion question(Sample sample) {
        List<Message> asked = new ArrayList<>(sample.problem().prompt());
        asked.add(new Message(Role.ASSISTANT, List.of(new Part.Text(sample.text()))));
        asked.add(Message.user(QUESTION));
        return new LabelQuestion(sample.id(), asked, LABELS);
    }
}
