package dev.hone.judge;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.util.List;

/// Ranks samples by how likely the model that drew them found them, `sum_t log p(y_t | x, y_<t)` over its own tokens in
/// nats at temperature 1: the control that every verifier has to beat. It costs nothing, for the sampler said so.
///
/// **Source** card vstar, "Ablations that must lose"; the log-probability self-reward of card sharpening.
public record OwnLikelihood() implements Judge {

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        return groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "own log-likelihood", verdict(sample)))
                .toList();
    }

    private static Verdict verdict(Sample sample) {
        return switch (sample.finish()) {
            case Finish.Stopped() ->
                sample.tokens().count(Author.MODEL) > 0
                        ? new Verdict.Rewarded(sample.tokens().drawnLogProb(), "in nats")
                        : new Verdict.Unjudged("the model drew no token");
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
        };
    }
}
