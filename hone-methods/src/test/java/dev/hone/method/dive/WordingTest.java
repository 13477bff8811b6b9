package dev.hone.method.dive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void white_space_and_the_writing_of_numbers_do_not_count() {
        assertThat(Wording.of(" 1,200.00 +\n3 = 1,203")).isEqualTo(Wording.of("1200+3=1203"));
        assertThat(Wording.of("12 34")).isNotEqualTo(Wording.of("1234"));
        assertThat(Wording.of("7,3,12")).isNotEqualTo(Wording.of("7312"));
        assertThat(Wording.of("2.05")).isNotEqualTo(Wording.of("2"));
        assertThat(Wording.of("2.0.1")).isNotEqualTo(Wording.of("2.1"));
        assertThat(Wording.of("a-b")).isNotEqualTo(Wording.of("a+b"));
    }
}
