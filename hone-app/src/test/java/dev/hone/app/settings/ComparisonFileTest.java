package dev.hone.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.app.wiring.Methods;
import dev.hone.run.HoneException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonFileTest {

    private static ComparisonFile parse(String text) {
        return parse(text, Map.of());
    }

    private static ComparisonFile parse(String text, Map<String, String> set) {
        return ComparisonFile.parse("c.yaml", text, set, Methods.settings(), _ -> List.of());
    }

    @Test
    void every_arm_has_what_is_shared_and_its_own_wins() {
        ComparisonFile file = parse("""
                hone: 1
                seeds: [3, 1, 3]
                shared:
                  rounds: 7
                  learning: {steps: 5}
                arms:
                  plain: {method: star}
                  long:  {method: star, learning: {steps: 50}}
                """);

        assertThat(file.seeds()).containsExactly(3L, 1L);
        assertThat(file.against()).isEqualTo("plain");
        assertThat(file.arms().sequencedKeySet()).containsExactly("plain", "long");
        assertThat(file.arms().values())
                .extracting(arm -> arm.get(RunKeys.STEPS))
                .containsExactly(5, 50);
        assertThat(file.arms().values())
                .allSatisfy(arm -> assertThat(arm.get(RunKeys.ROUNDS)).isEqualTo(7));
    }

    @Test
    void an_arm_may_have_nothing_of_its_own_and_keeps_its_place() {
        ComparisonFile file = parse("""
                hone: 1
                seeds: [1]
                shared: {method: star, rounds: 7}
                arms:
                  short: {rounds: 1}
                  plain: {}
                  long: {rounds: 9}
                """);

        assertThat(file.arms().sequencedKeySet()).containsExactly("short", "plain", "long");
        assertThat(file.arms().values())
                .extracting(arm -> arm.get(RunKeys.ROUNDS))
                .containsExactly(1, 7, 9);
    }

    @Test
    void what_is_set_from_outside_wins_in_every_arm_and_a_wrong_name_is_told_once() {
        String text = """
                hone: 1
                seeds: [1, 2]
                shared: {method: star, rounds: 7}
                arms:
                  short: {rounds: 1}
                  plain: {}
                """;
        ComparisonFile file = parse(text, Map.of("rounds", "2", "seeds", "5"));

        assertThat(file.seeds()).containsExactly(5L);
        assertThat(file.arms().values())
                .extracting(arm -> arm.get(RunKeys.ROUNDS))
                .containsExactly(2, 2);
        assertThatThrownBy(() -> parse(text, Map.of("runds", "2")))
                .hasMessageContaining("--set runds: unknown")
                .hasMessageNotContaining("arm ");
    }

    @Test
    void all_problems_come_at_once_in_the_order_of_their_lines_and_shared_ones_once() {
        assertThatThrownBy(() -> parse("""
                        hone: 1
                        seeds: [1, two]
                        against: other
                        shared:
                          rounds: 0
                          seed: 4
                        arms:
                          a: {method: star, keeep: 1}
                          b: {method: star}
                          Big Arm: {method: star}
                        colour: red
                        """)).isInstanceOf(HoneException.class).hasMessage("""
                        7 problems in the settings:
                          c.yaml:2: seeds must be whole numbers, such as [1, 2, 3], but were "1, two"
                          c.yaml:3: against is "other", which is no arm; arms are [a, b, Big Arm]
                          c.yaml:5: rounds must be a whole number of at least 1 but was 0
                          c.yaml:6: every arm runs with every seed; name them in "seeds" instead
                          c.yaml:8: unknown setting "keeep"; did you mean "keep"?
                          c.yaml:10: the arm "Big Arm" must be named with 1 to 40 small letters, digits, - and _
                          c.yaml:11: unknown "colour"; a comparison has hone, seeds, against, shared and arms, and \
                        settings stand below shared or an arm""");
    }

    @Test
    void a_file_without_seeds_or_arms_is_refused() {
        assertThatThrownBy(() -> parse("hone: 1\n"))
                .hasMessageContaining("has no seeds")
                .hasMessageContaining("has no arms");
        assertThatThrownBy(() -> parse("seeds: [1]\narms: {a: {method: star}}\n"))
                .hasMessageContaining("says no version");
    }

    @Test
    void arms_with_another_exam_or_base_are_no_comparison() {
        assertThatThrownBy(() -> parse("""
                        hone: 1
                        seeds: [1]
                        arms:
                          a: {method: star, exam.problems: 100}
                          b: {method: star, exam.problems: 200}
                        """))
                .hasMessage("arms a and b cannot be compared: exam.problems is 100 in one and 200 in the other; put it"
                        + " below shared");
    }

    @Test
    void what_is_wrong_between_values_of_an_arm_names_the_arm() {
        assertThatThrownBy(() -> parse("""
                        hone: 1
                        seeds: 1
                        arms:
                          a: {method: star, policy: {start: base, optimizer: carried}}
                        """)).hasMessageStartingWith("arm a: policy.optimizer must be fresh");
    }
}
