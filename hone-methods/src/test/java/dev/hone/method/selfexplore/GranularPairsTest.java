package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.method.selfexplore.Variant.Chosen;
import dev.hone.method.selfexplore.Variant.Pit;
import dev.hone.method.selfexplore.Variant.Rejected;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GranularPairsTest {
    private static final Variant PAPER = Variant.asInPaper();
    private static final Problem P = Scene.problem("p", 33);
    private static final Problem Q = Scene.problem("q", 33);
    private static final String RIGHT = "7*5-2;35-2;33";

    /// A solution whose pit comes after as many steps as there are lists of ways on.
    @SafeVarargs
    private static Explored explored(Problem problem, String wrong, List<String>... ways) {
        Steps steps = AtMarks.TRACES.of(wrong);
        List<List<Sample>> reached = new ArrayList<>();
        for (int number = 1; number <= ways.length; number++) {
            List<Sample> right = new ArrayList<>();
            for (String way : ways[number - 1]) {
                right.add(Scene.after(problem, steps.through(number), "e/" + number + "/" + right.size(), way));
            }
            reached.add(right);
        }
        return new Explored(Scene.pair(problem, RIGHT, wrong), steps, new End.Pit(ways.length + 1), reached);
    }

    private static List<Preference> pairs(Variant variant, Explored... explored) {
        return new GranularPairs(variant, new Seed(1)).of(List.of(explored));
    }

    private static String text(Segment segment) {
        return switch (segment) {
            case Segment.Written(String text, Loss _) -> text;
            case Segment.Drawn(var tokens, Loss _) -> {
                StringBuilder text = new StringBuilder();
                for (int id : tokens.ids()) {
                    text.append((char) id);
                }
                yield text.toString();
            }
        };
    }

    /// `prefix|chosen|rejected`
    private static String shown(Preference preference) {
        return String.join(
                        "",
                        preference.prefix().stream()
                                .map(GranularPairsTest::text)
                                .toList())
                + "|" + text(preference.chosen().completion().getFirst())
                + "|" + text(preference.rejected().completion().getFirst());
    }

    private static List<String> shown(List<Preference> preferences) {
        return preferences.stream().map(GranularPairsTest::shown).toList();
    }

    @Test
    void a_pit_at_the_first_step_is_rejected_for_the_whole_right_solution() {
        assertThat(shown(pairs(PAPER, explored(P, "8*5-2;40-2;38")))).containsExactly("|" + RIGHT + "|8*5-2");
    }

    @Test
    void the_chosen_side_goes_on_from_the_step_before_and_the_rejected_one_is_the_pit_alone() {
        Explored explored = explored(P, "7*5-2;36-2;34;35", List.of("35-2;33"), List.of("never;33"));
        assertThat(shown(pairs(PAPER, explored(P, "7*5-2;36-2;34", List.of("35-2;33")))))
                .containsExactly("7*5-2;|35-2;33|36-2");
        assertThat(shown(pairs(PAPER, explored))).containsExactly("7*5-2;36-2;|never;33|34");
    }

    @Test
    void the_good_steps_are_masked_and_the_end_token_follows_the_chosen_side_only() {
        Explored explored = explored(P, "7*5-2;36-2;34", List.of("35-2;33"));
        Preference preference = pairs(PAPER, explored).getFirst();
        assertThat(preference.prefix()).containsExactly(new Segment.Written("7*5-2;", Loss.MASKED));
        assertThat(preference.prompt()).isEqualTo(P.prompt());
        Sample drawn = explored.reachedBefore(2).getFirst();
        assertThat(preference.chosen().completion())
                .as("as it was drawn, without what was forced")
                .containsExactly(new Segment.Drawn(drawn.tokens().of(Author.MODEL), Loss.COUNTED));
        assertThat(preference.chosen().ending()).isEqualTo(Ending.ENDS);
        assertThat(preference.rejected().ending()).isEqualTo(Ending.OPEN);
    }

    @Test
    void of_the_ways_on_the_shortest_is_taken_and_of_equal_ones_the_first() {
        assertThat(shown(pairs(PAPER, explored(P, "a;x;34", List.of("b;bb;33", "d;33", "c;33")))))
                .containsExactly("a;|d;33|x");
    }

    @Test
    void a_way_on_that_contains_the_pit_is_not_taken() {
        assertThat(shown(pairs(PAPER, explored(P, "a;x;34", List.of("x;33", "bx;33", "long;33")))))
                .containsExactly("a;|long;33|x");
        assertThat(pairs(PAPER, explored(P, "a;x;34", List.of("x;33"))))
                .as("none left")
                .isEmpty();
    }

    @Test
    void a_way_on_is_taken_once_a_problem() {
        assertThat(shown(pairs(
                        PAPER,
                        explored(P, "a;x;34", List.of("b;33", "bb;33")),
                        explored(P, "a;y;34", List.of("b;33", "bb;33")),
                        explored(P, "a;z;34", List.of("b;33", "bb;33")),
                        explored(Q, "a;z;34", List.of("b;33", "bb;33")))))
                .containsExactly("a;|b;33|x", "a;|bb;33|y", "a;|b;33|z");
    }

    @Test
    void a_pair_with_a_side_that_was_there_before_goes() {
        assertThat(shown(pairs(
                        PAPER,
                        explored(P, "x;34"),
                        explored(P, "y;34"), // the same right solution
                        explored(Q, "y;34"),
                        explored(Q, "a;y;34", List.of("b;33")), // the same step
                        explored(Q, "a;z;34", List.of("b;33", "c;33"))))) // b;33 was taken, if for nothing
                .containsExactly("|" + RIGHT + "|x", "|" + RIGHT + "|y", "a;|c;33|z");
    }

    @Test
    void a_way_on_of_nothing_is_none() {
        assertThat(pairs(PAPER, explored(P, "33;34", List.of("")))).isEmpty();
    }

    @Test
    void solutions_without_a_pit_give_no_pair() {
        Explored some = explored(P, "a;x;34", List.of("b;33"));
        assertThat(pairs(
                        PAPER,
                        new Explored(some.pair(), some.steps(), new End.NoPit(), some.reached()),
                        new Explored(some.pair(), some.steps(), new End.Unknown("too long"), some.reached())))
                .isEmpty();
    }

    @Test
    void variants_change_one_thing_each() {
        Explored explored = explored(P, "a;x;34", List.of("b;33"));
        assertThat(shown(pairs(PAPER.with(Rejected.REST), explored))).containsExactly("a;|b;33|x;34");
        assertThat(shown(pairs(PAPER.with(Chosen.ORIGINAL), explored))).containsExactly("a;|" + RIGHT + "|x");
        Preference ending = pairs(PAPER.with(Ending.ENDS), explored).getFirst();
        assertThat(shown(ending)).isEqualTo("a;|b;33|x");
        assertThat(ending.rejected().ending()).isEqualTo(Ending.ENDS);
    }

    @Test
    void a_random_pit_is_any_step_up_to_the_first_and_the_same_when_asked_again() {
        Set<String> rejected = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            Problem problem = Scene.problem("p" + i, 33);
            Explored explored = explored(problem, "a;b;x;34", List.of("one;33"), List.of("two;33"));
            List<Preference> drawn = pairs(PAPER.with(Pit.RANDOM), explored);
            assertThat(drawn).isEqualTo(pairs(PAPER.with(Pit.RANDOM), explored));
            rejected.addAll(shown(drawn));
        }
        assertThat(rejected).containsExactlyInAnyOrder("|" + RIGHT + "|a", "a;|one;33|b", "a;b;|two;33|x");
    }
}
