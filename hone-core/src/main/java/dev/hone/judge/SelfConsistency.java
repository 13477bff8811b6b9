package dev.hone.judge;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The share of a problem's samples that answer the same: how probable the model finds the answer, whatever
/// the way to it. It needs no reference. A sample without an answer is unjudged, and counts among the
/// samples.
///
/// **Source** the majority self-reward (card sharpening); self-consistency (card inference-time-survey,
/// A5).
public record SelfConsistency(AnswerReader answers) implements Judge {

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Judged> verdicts = new ArrayList<>();
        for (Group group : groups) {
            Map<String, Integer> votes = new HashMap<>();
            for (Sample sample : group.samples()) {
                answer(sample).ifPresent(answer -> votes.merge(answer, 1, Integer::sum));
            }
            for (Sample sample : group.samples()) {
                verdicts.add(new Judged(
                        sample,
                        "self-consistency",
                        verdict(sample, votes, group.samples().size())));
            }
        }
        return verdicts;
    }

    private Optional<String> answer(Sample sample) {
        return sample.finish() instanceof Finish.Stopped ? answers.answer(sample) : Optional.empty();
    }

    private Verdict verdict(Sample sample, Map<String, Integer> votes, int samples) {
        return switch (sample.finish()) {
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
            case Finish.Stopped() ->
                answers.answer(sample)
                        .<Verdict>map(answer -> {
                            int own = votes.getOrDefault(answer, 0);
                            return new Verdict.Scored(
                                    (double) own / samples, own + " of " + samples + " answer " + answer);
                        })
                        .orElseGet(() -> new Verdict.Unjudged("no answer in it"));
        };
    }
}
