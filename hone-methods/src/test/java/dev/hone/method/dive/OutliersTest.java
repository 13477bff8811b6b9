package dev.hone.method.dive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Embedding;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutliersTest {
    private static final Seed SEED = new Seed(1);

    /// The last one is far from the others.
    private static List<Embedding> cloud(int count) {
        SplittableRandom random = SEED.random();
        List<Embedding> cloud = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            cloud.add(Embedding.of((float) random.nextDouble(), (float) random.nextDouble()));
        }
        cloud.add(Embedding.of(9, 9));
        return cloud;
    }

    private static long count(int texts, double contamination) {
        return new Outliers(contamination)
                .among(cloud(texts), SEED).stream().filter(each -> each).count();
    }

    // the quantile at 0.9 of n scores is between ranks, so that those above are ceil(0.1 (n - 1))
    @Test
    void a_tenth_are_outliers_and_the_farthest_is_one() {
        assertThat(count(8, 0.1)).isEqualTo(1);
        assertThat(count(11, 0.1)).isEqualTo(1);
        assertThat(count(21, 0.1)).isEqualTo(2);
        assertThat(count(40, 0.25)).isEqualTo(10);
        assertThat(new Outliers(0.1).among(cloud(12), SEED).getLast()).isTrue();
    }

    @Test
    void with_fewer_than_eight_there_is_no_telling() {
        assertThat(count(7, 0.1)).isZero();
        assertThat(count(12, 0)).isZero();
        assertThat(new Outliers(0.1).among(List.of(), SEED)).isEmpty();
    }

    @Test
    void where_all_are_alike_nothing_is_an_outlier() {
        assertThat(new Outliers(0.5).among(Collections.nCopies(20, Embedding.of(1, 2)), SEED))
                .containsOnly(false);
    }
}
