package dev.hone.method.dive;

import dev.hone.data.Embedding;
import dev.hone.measure.statistic.IsolationForest;
import dev.hone.measure.statistic.Quantile;
import dev.hone.run.Seed;
import java.util.List;
import java.util.stream.IntStream;

/// Which texts of one side of one question are nothing like the others.
///
/// An Isolation Forest scores them by their embeddings; those above the `1 - contamination` quantile of the
/// scores are outliers, as scikit-learn counts. So nothing is one where all scores tie.
///
/// @param contamination share of the texts, in `[0, 0.5]`
record Outliers(double contamination) {
    /// With fewer texts nothing is an outlier (card dive, step 2d).
    static final int FEWEST = 8;

    /// @return for each text, in order, whether it is an outlier
    List<Boolean> among(List<Embedding> texts, Seed seed) {
        if (contamination == 0 || texts.size() < FEWEST) {
            return texts.stream().map(_ -> false).toList();
        }
        List<Double> scores = IsolationForest.standard().scores(texts, seed);
        double highest = Quantile.of(scores, 1 - contamination);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> scores.get(i) > highest)
                .toList();
    }
}
