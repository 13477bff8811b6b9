package dev.hone.measure.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Embedding;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsolationForestTest {
    private static final Seed SEED = new Seed(1);

    private static List<Embedding> cloud(int count, int dimension) {
        SplittableRandom random = new Seed(7).random();
        List<Embedding> cloud = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] components = new float[dimension];
            for (int j = 0; j < dimension; j++) {
                components[j] = (float) random.nextDouble();
            }
            cloud.add(Embedding.of(components));
        }
        return cloud;
    }

    // c(3) = 2 (1 + 1/2) - 2 * 2/3 = 5/3. Every first cut parts the 10 from both zeros: h = 1 for it; the zeros cannot
    // be
    // parted: h = 1 + c(2) = 2. Scores 2^(-1 / (5/3)) and 2^(-2 / (5/3)).
    @Test
    void the_score_is_two_to_the_minus_cuts_over_the_usual_cuts() {
        List<Double> scores = IsolationForest.standard()
                .scores(List.of(Embedding.of(0, 1), Embedding.of(10, 1), Embedding.of(0, 1)), SEED);
        assertThat(scores.get(1)).isCloseTo(Math.pow(2, -0.6), within(1e-12));
        assertThat(scores.get(0)).isCloseTo(Math.pow(2, -1.2), within(1e-12)).isEqualTo(scores.get(2));
    }

    @Test
    void what_stands_apart_has_the_highest_score_and_the_middle_a_low_one() {
        List<Embedding> cloud = cloud(60, 3);
        cloud.set(17, Embedding.of(4, 4, -3));
        cloud.set(18, Embedding.of(0.5f, 0.5f, 0.5f));
        List<Double> scores = IsolationForest.standard().scores(cloud, SEED);
        assertThat(scores.get(17)).isEqualTo(Collections.max(scores)).isGreaterThan(0.7);
        assertThat(scores.get(18)).isLessThan(0.5);
        assertThat(scores).allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
    }

    /// One component in a thousand differs, and it alone is cut.
    @Test
    void a_component_that_is_the_same_for_all_is_not_cut() {
        List<Embedding> line = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            float[] components = new float[1000];
            components[500] = i == 11 ? 100 : i;
            line.add(Embedding.of(components));
        }
        List<Double> scores = new IsolationForest(20, 256).scores(line, SEED);
        assertThat(scores.get(11)).isEqualTo(Collections.max(scores)).isGreaterThan(0.7);
    }

    @Test
    void where_all_are_alike_nothing_stands_apart() {
        assertThat(IsolationForest.standard().scores(Collections.nCopies(9, Embedding.of(1, 2)), SEED))
                .allSatisfy(score -> assertThat(score).isCloseTo(0.5, within(1e-9)));
        assertThat(IsolationForest.standard().scores(List.of(Embedding.of(1), Embedding.of(2)), SEED))
                .containsExactly(0.5, 0.5);
    }

    @Test
    void a_tree_sees_a_few_of_many_and_still_finds_what_stands_apart() {
        List<Embedding> cloud = cloud(300, 2);
        cloud.set(299, Embedding.of(30, 30));
        List<Double> scores = new IsolationForest(100, 64).scores(cloud, SEED);
        assertThat(scores.get(299)).isEqualTo(Collections.max(scores)).isGreaterThan(0.6);
    }

    @Test
    void the_seed_is_all_the_randomness() {
        List<Embedding> cloud = cloud(40, 5);
        IsolationForest forest = new IsolationForest(10, 8);
        assertThat(forest.scores(cloud, SEED)).isEqualTo(forest.scores(cloud, SEED));
        assertThat(forest.scores(cloud, SEED)).isNotEqualTo(forest.scores(cloud, new Seed(2)));
    }

    @Test
    void the_paper_takes_a_hundred_trees_of_256() {
        assertThat(IsolationForest.standard()).isEqualTo(new IsolationForest(100, 256));
    }

    @Test
    void what_cannot_be_a_forest_is_refused() {
        assertThatThrownBy(() -> new IsolationForest(0, 256)).hasMessageContaining("trees must be at least 1");
        assertThatThrownBy(() -> new IsolationForest(1, 1)).hasMessageContaining("at least 2 vectors but was 1");
        assertThatThrownBy(() -> IsolationForest.standard().scores(cloud(1, 2), SEED))
                .hasMessageContaining("at least 2 vectors");
        assertThatThrownBy(() -> IsolationForest.standard().scores(List.of(Embedding.of(1), Embedding.of(1, 2)), SEED))
                .hasMessageContaining("one embedder");
    }
}
