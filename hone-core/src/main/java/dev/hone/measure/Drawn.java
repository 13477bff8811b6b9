package dev.hone.measure;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.AnswerReader;
import dev.hone.measure.subset.BestOfK;
import dev.hone.measure.subset.Candidate;
import dev.hone.measure.subset.PassAtK;
import dev.hone.measure.subset.RewardAtKS;
import dev.hone.measure.subset.Vote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What was drawn of one problem, and what of it is right.
///
/// @param samples at least one
record Drawn(List<Judged> samples) {

    Drawn {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "a problem of an exam has no sample; the generator must give some for each");
        }
    }

    /// By problem, in the order in which they were asked.
    static List<Drawn> of(List<Problem> asked, List<Judged> judged) {
        Map<String, List<Judged>> byProblem = new HashMap<>();
        judged.forEach(each -> byProblem
                .computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                .add(each));
        return asked.stream()
                .map(problem -> new Drawn(byProblem.getOrDefault(problem.id(), List.of())))
                .toList();
    }

    private int count(Predicate<Judged> what) {
        return (int) samples.stream().filter(what).count();
    }

    double rightShare() {
        return (double) count(Judged::isRight) / samples.size();
    }

    /// Of its difficulty, from 1, the easiest, to 5.
    int level() {
        return DifficultyHistogram.level(new RightCount(count(Judged::isRight), samples.size()));
    }

    double unjudgedShare() {
        return (double) count(each -> each.verdict() instanceof Verdict.Unjudged) / samples.size();
    }

    double distinctRight() {
        return rightTexts().stream().distinct().count();
    }

    /// In the order in which they were drawn, without blanks at their ends.
    List<String> rightTexts() {
        return samples.stream()
                .filter(Judged::isRight)
                .map(each -> each.sample().text().strip())
                .toList();
    }

    double passAt(int k) {
        return PassAtK.estimate(samples.size(), count(Judged::isRight), k);
    }

    /// What each sample votes for. An answer is right if a sample with it is.
    List<Vote> votes(AnswerReader answers) {
        List<Optional<String>> given =
                samples.stream().map(each -> answers.answer(each.sample())).toList();
        Set<String> right = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            if (samples.get(i).isRight()) {
                given.get(i).ifPresent(right::add);
            }
        }
        return given.stream()
                .map(answer -> answer.map(text -> Vote.cast(text, right.contains(text)))
                        .orElseGet(Vote::withheld))
                .toList();
    }

    /// Equal samples have equal ranks and are right together, so that they need not be told apart.
    ///
    /// @param ranks of the samples, by id, higher is better
    double bestOf(int k, Map<String, Double> ranks) {
        return BestOfK.estimate(candidates(ranks), k);
    }

    /// The chance that the `s` best of `k` are all right.
    ///
    /// @param ranks as above
    double bestOf(int k, int s, Map<String, Double> ranks) {
        return RewardAtKS.estimate(candidates(ranks), k, s);
    }

    private List<Candidate> candidates(Map<String, Double> ranks) {
        return samples.stream()
                .map(each ->
                        new Candidate(ranks.getOrDefault(each.sample().id(), Double.NEGATIVE_INFINITY), each.isRight()))
                .toList();
    }

    /// What a draw surprises by, `-log p` of all that was drawn, in nats: its mean over draws at temperature 1 is the
    /// entropy of what the model says. NaN if every draw failed.
    double entropy() {
        return samples.stream()
                .filter(each -> !(each.sample().finish() instanceof Finish.Failed))
                .mapToDouble(each -> -each.sample().tokens().drawnLogProb())
                .average()
                .orElse(Double.NaN);
    }
}
