package dev.hone.method.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LevelsTest {
    private static List<OptionalInt> levels(Levels levels, List<Problem> problems) {
        return problems.stream().map(levels::of).toList();
    }

    @Test
    void by_the_first_rounds_share_of_right_samples() {
        Attempts plain = Sums.attempts(
                3,
                4,
                (_, prompt, index, _) -> index <= Sums.number(prompt.problem()) ? Sums.answer(prompt.problem()) : "no");
        assertThat(levels(Levels.of(new Difficulty.FirstRound(), plain), Sums.problems(4)))
                .as("2, 3 and 4 of 4 are right; the fourth problem was not asked")
                .containsExactly(OptionalInt.of(3), OptionalInt.of(2), OptionalInt.of(1), OptionalInt.empty());
    }

    @Test
    void by_a_fact_counted_down_from_the_first_rounds_largest() {
        Attempts plain = Sums.attempts(3, 1, (_, _, _, _) -> "no");
        Levels levels = Levels.of(new Difficulty.Fact("digits"), plain);
        assertThat(levels(levels, Sums.problems(4)))
                .as("a harder one than any of the first round is level 5 too")
                .containsExactly(OptionalInt.of(3), OptionalInt.of(4), OptionalInt.of(5), OptionalInt.of(5));
    }

    @Test
    void easier_ones_than_level_1_are_level_1() {
        Levels levels = Levels.of(new Difficulty.Fact("digits"), Sums.attempts(9, 1, (_, _, _, _) -> "no"));
        assertThat(levels.of(Sums.problems(1).getFirst())).hasValue(1);
    }

    @Test
    void without_the_fact_nothing_is_known() {
        Levels levels = Levels.of(new Difficulty.Fact("colour"), Sums.attempts(2, 1, (_, _, _, _) -> "no"));
        assertThat(levels(levels, Sums.problems(2))).containsOnly(OptionalInt.empty());
        assertThat(Levels.UNKNOWN.of(Sums.problems(1).getFirst())).isEmpty();
    }
}
