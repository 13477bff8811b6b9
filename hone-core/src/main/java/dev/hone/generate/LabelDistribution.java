package dev.hone.generate;

import java.util.List;

/// How likely each of a few strings is to come next, and how likely any of them is.
///
/// @param labels as they were asked
/// @param probabilities one a label, adding up to 1 over them
/// @param logMass log-probability that one of the labels comes at all, nats; near minus infinity where the
///     model would write something else, and the distribution means little
public record LabelDistribution(List<String> labels, List<Double> probabilities, double logMass) {

    public LabelDistribution {
        labels = List.copyOf(labels);
        probabilities = List.copyOf(probabilities);
        if (labels.isEmpty() || labels.size() != probabilities.size()) {
            throw new IllegalArgumentException(
                    labels.size() + " labels but " + probabilities.size() + " probabilities");
        }
    }

    /// Out of the log-probability of each label as a continuation. A label that begins another one shares
    /// its probability with it, so take labels of which none begins another.
    ///
    /// @param logProbs nats, one a label
    public static LabelDistribution of(List<String> labels, List<Double> logProbs) {
        double highest =
                logProbs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double sum =
                logProbs.stream().mapToDouble(each -> Math.exp(each - highest)).sum();
        return new LabelDistribution(
                labels,
                logProbs.stream().map(each -> Math.exp(each - highest) / sum).toList(),
                highest + Math.log(sum));
    }

    /// The probability of a label.
    ///
    /// @throws IllegalArgumentException if it was not asked
    public double of(String label) {
        int at = labels.indexOf(label);
        if (at < 0) {
            throw new IllegalArgumentException("label \"" + label + "\" was not asked; asked were " + labels);
        }
        return probabilities.get(at);
    }

    /// The likeliest label, ties to the first.
    public String likeliest() {
        int best = 0;
        for (int i = 1; i < labels.size(); i++) {
            if (probabilities.get(i) > probabilities.get(best)) {
                best = i;
            }
        }
        return labels.get(best);
    }
}
