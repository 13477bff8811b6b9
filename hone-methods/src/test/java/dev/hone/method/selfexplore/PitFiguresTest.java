package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.method.selfexplore.PitSearch.Found;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PitFiguresTest {
    private static final Problem P = Scene.problem("p", 33);

    @Test
    void what_could_not_be_found_out_is_counted_apart() {
        Explored some = pit(2);
        Found found = new Found(
                List.of(some, new Explored(some.pair(), some.steps(), new End.Unknown("too long"), some.reached())), 8);
        assertThat(new PitFigures(FirstWrong.UNKNOWN).of(found, 1))
                .containsEntry("pits", 0.5)
                .containsEntry("not explored", 0.5);
    }

    /// A solution of ten steps `s` in which the `number`-th is the pit.
    private static Explored pit(int number) {
        Steps steps = AtMarks.TRACES.of(String.join(";", Collections.nCopies(10, "s")));
        return new Explored(
                new Pair(Scene.solution(P, 0, "33"), Scene.solution(P, 1, steps.text())),
                steps,
                new End.Pit(number),
                Collections.nCopies(number - 1, List.of()));
    }

    private static Explored without() {
        Explored some = pit(3);
        return new Explored(some.pair(), some.steps(), new End.NoPit(), some.reached());
    }

    // 5 explored, 4 pits: at 1, 2, 5 and 8; their mean is 4
    @Test
    void where_the_pits_are() {
        Found found = new Found(List.of(pit(1), pit(2), without(), pit(5), pit(8)), 64);
        assertThat(new PitFigures(FirstWrong.UNKNOWN).of(found, 3))
                .containsEntry("outcome pairs", 5.0)
                .containsEntry("explored", 64.0)
                .containsEntry("pairs", 3.0)
                .containsEntry("pits", 0.8)
                .containsEntry("pit at step 1", 0.25)
                .containsEntry("pit at step 2", 0.25)
                .containsEntry("pit at step 3", 0.0)
                .containsEntry("pit at step 4", 0.0)
                .containsEntry("pit at step 5+", 0.5)
                .containsEntry("pit step", 4.0)
                .doesNotContainKey("pit is first wrong");
    }

    // the second step begins at character 2, the third at 4
    @Test
    void how_many_pits_are_the_first_wrong_step_of_those_where_it_is_known() {
        Found found = new Found(List.of(pit(1), pit(2), pit(3)), 0);
        assertThat(new PitFigures((_, _) -> OptionalInt.of(2)).of(found, 0))
                .containsEntry("pit is first wrong", 1 / 3.0);
        int[] asked = {0};
        FirstWrong onlyOnce = (_, _) -> asked[0]++ == 1 ? OptionalInt.of(2) : OptionalInt.empty();
        assertThat(new PitFigures(onlyOnce).of(found, 0)).containsEntry("pit is first wrong", 1.0);
    }

    @Test
    void without_pits_nothing_is_said_of_where_they_are() {
        assertThat(new PitFigures(FirstWrong.UNKNOWN)
                        .of(
                                new Found(
                                        IntStream.range(0, 2)
                                                .mapToObj(_ -> without())
                                                .toList(),
                                        8),
                                0))
                .containsOnlyKeys("outcome pairs", "explored", "pairs", "pits", "not explored")
                .containsEntry("pits", 0.0);
    }
}
