package dev.hone.judge;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.util.List;

/// How sure the model was of what it drew: the geometric mean of its drawn tokens' probabilities at temperature 1,
/// `exp(1/T sum_t log p(y_t | x, y_<t))`. It needs no reference.
///
/// **Source** the length-normalised self-reward (card sharpening); a soft score beside a checked answer (card
/// star-family-bstar, "What to reproduce").
public record Confidence() implements Judge {

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        return groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "confidence", verdict(sample)))
                .toList();
    }

    private static Verdict verdict(Sample sample) {
        int drawn = sample.tokens().count(Author.MODEL);
        return switch (sample.finish()) {
            case Finish.Stopped()
            when drawn > 0 -> {
                double mean = sample.tokens().drawnLogProb() / drawn;
                yield new Verdict.Scored(Math.min(1, Math.exp(mean)), "mean log-probability of a token " + mean);
            }
            case Finish.Stopped() -> new Verdict.Unjudged("the model drew no token");
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
        };
    }
}
