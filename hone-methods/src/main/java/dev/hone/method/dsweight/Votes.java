package dev.hone.method.dsweight;

import dev.hone.data.Sample;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Group;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What most samples of each question answer (step 2 of the card). Of answers that tie the one that was
/// drawn first wins; a sample without an answer has no vote.
final class Votes {
    /// How many samples of a question answer what, in the order of the first of each.
    private record Count(Map<String, Integer> answers, int samples) {

        Optional<String> winner() {
            Optional<String> winner = Optional.empty();
            int most = 0;
            for (Map.Entry<String, Integer> each : answers.entrySet()) {
                if (each.getValue() > most) {
                    most = each.getValue();
                    winner = Optional.of(each.getKey());
                }
            }
            return winner;
        }

        double disagreement() {
            Collection<Integer> votes = answers.values();
            double all = votes.stream().mapToInt(Integer::intValue).sum();
            double entropy = -votes.stream()
                    .mapToDouble(each -> each / all * Math.log(each / all))
                    .sum();
            return samples < 2 ? 0 : Math.clamp(entropy / Math.log(samples), 0, 1);
        }
    }

    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, Count> counts = new HashMap<>();

    Votes(List<Sample> samples, AnswerReader reader) {
        for (Group group : Group.of(samples)) {
            Map<String, Integer> votes = new LinkedHashMap<>();
            for (Sample sample : group.samples()) {
                reader.answer(sample).ifPresent(answer -> {
                    answers.put(sample.id(), answer);
                    votes.merge(answer, 1, Integer::sum);
                });
            }
            counts.put(group.problem().id(), new Count(votes, group.samples().size()));
        }
    }

    Optional<String> answer(Sample sample) {
        return Optional.ofNullable(answers.get(sample.id()));
    }

    /// @return nothing where no sample of the question has an answer
    Optional<String> winner(Sample sample) {
        return count(sample).winner();
    }

    boolean isConsistent(Sample sample) {
        return answer(sample).isPresent() && answer(sample).equals(winner(sample));
    }

    /// The entropy of the answers over the logarithm of how many samples there are, in `[0, 1]`; 0 where
    /// all answer the same.
    double disagreement(Sample sample) {
        return count(sample).disagreement();
    }

    private Count count(Sample sample) {
        return counts.getOrDefault(sample.problem().id(), new Count(Map.of(), 0));
    }
}
