package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PassAtKTest {

    @Test
    void it_is_one_minus_the_chance_that_all_k_are_wrong() {
        // n = 5, c = 2, k = 2: 1 - C(3,2)/C(5,2) = 1 - 3/10 = 0.7
        assertThat(PassAtK.estimate(5, 2, 2)).isCloseTo(0.7, Offset.offset(1e-12));
        // k = 1 is the share of right samples
        assertThat(PassAtK.estimate(8, 3, 1)).isCloseTo(0.375, Offset.offset(1e-12));
        // more draws than wrong samples: one must be right
        assertThat(PassAtK.estimate(8, 1, 8)).isEqualTo(1);
        assertThat(PassAtK.estimate(8, 0, 8)).isEqualTo(0);
    }

    @Test
    void it_is_the_mean_over_all_subsets() {
        for (int n = 1; n <= 8; n++) {
            for (int c = 0; c <= n; c++) {
                for (int k = 1; k <= n; k++) {
                    int subsets = 0;
                    int hits = 0;
                    for (int subset = 0; subset < 1 << n; subset++) {
                        if (Integer.bitCount(subset) == k) {
                            subsets++;
                            hits += (subset & ((1 << c) - 1)) != 0 ? 1 : 0; // the first c samples are right
                        }
                    }
                    assertThat(PassAtK.estimate(n, c, k)).isCloseTo((double) hits / subsets, Offset.offset(1e-12));
                }
            }
        }
    }

    @Test
    void a_k_beyond_the_samples_is_refused() {
        assertThatThrownBy(() -> PassAtK.estimate(4, 1, 8)).hasMessageContaining("pass@8 needs at least 8 samples");
        assertThatThrownBy(() -> PassAtK.estimate(4, 5, 1)).hasMessageContaining("[0, 4]");
    }
}
