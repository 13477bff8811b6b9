package dev.hone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void names_give_the_same_seed_everywhere() {
        // worked out by hand from the definition; a change here changes every sample of every run
        assertThat(new Seed(1).derive("sample").derive(1).value()).isEqualTo(-6814421304187063254L);
    }

    @Test
    void neighbours_differ_in_about_half_of_their_bits() {
        long bits = 0;
        for (int i = 0; i < 1000; i++) {
            bits += Long.bitCount(
                    new Seed(7).derive(i).value() ^ new Seed(7).derive(i + 1).value());
        }
        assertThat(bits / 1000.0).isBetween(31.0, 33.0);
    }

    @Test
    void seeds_of_a_million_items_are_all_different() {
        Set<Long> seen = new HashSet<>();
        for (int item = 0; item < 10_000; item++) {
            Seed seed = new Seed(3).derive("problem-" + item);
            for (int index = 0; index < 100; index++) {
                seen.add(seed.derive(index).value());
            }
        }
        assertThat(seen).hasSize(1_000_000);
    }

    @Test
    void order_of_derivation_matters() {
        assertThat(new Seed(1).derive("a").derive("b"))
                .isNotEqualTo(new Seed(1).derive("b").derive("a"));
        assertThat(new Seed(1).derive("ab"))
                .isNotEqualTo(new Seed(1).derive("a").derive("b"));
    }
}
