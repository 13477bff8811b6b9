package dev.hone.task.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.task.exact.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final Arithmetic STANDARD = Arithmetic.standard();

    @Test
    void the_standard_settings_are_these() {
        assertThat(STANDARD).isEqualTo(new Arithmetic(2, 4, 9, 100));
        assertThat(STANDARD.id()).isEqualTo("arithmetic@1");
        assertThat(STANDARD.withOperations(1, 2).id())
                .isEqualTo("arithmetic@1(1-2 operations, numbers to 9, values to 100)");
        assertThatThrownBy(() -> STANDARD.withOperations(0, 7)).hasMessageContaining("between 1 and 6");
        assertThatThrownBy(() -> new Arithmetic(1, 2, 9, 8)).hasMessageContaining("9 and 8");
    }

    @Test
    void expressions_that_differ_in_order_and_grouping_alone_are_never_in_two_splits() {
        Map<String, Split> splits = new HashMap<>();
        for (Split split : Split.values()) {
            for (Problem problem : STANDARD.problems(split, 5_000, new Seed(1))) {
                String form = Arithmetic.expression(problem).canonical();
                assertThat(splits.put(form, split)).as(form).isNull();
            }
        }
        assertThat(splits).hasSize(15_000);
    }

    @Test
    void the_form_ignores_order_and_grouping_and_nothing_else() {
        assertThat(List.of("5*(4+3)-2", "(4+3)*5-2", "-2+(3+4)*5"))
                .allSatisfy(same -> assertThat(form(same)).isEqualTo(form("(3+4)*5-2")));
        assertThat(form("1-(2-3)")).isEqualTo(form("3+1-2"));
        assertThat(form("2*(3*4)")).isEqualTo(form("4*2*3"));
        assertThat(List.of("3+4*5-2", "(3+4)*(5-2)", "3+4+5-2", "(3+4)*2-5"))
                .allSatisfy(other -> assertThat(form(other)).isNotEqualTo(form("(3+4)*5-2")));
        assertThat(form("12+3")).isNotEqualTo(form("1+23"));
    }

    @Test
    void a_small_split_ends_when_everything_in_it_has_been_drawn() {
        Arithmetic tiny = new Arithmetic(1, 1, 3, 9);
        int all = 0;
        for (Split split : Split.values()) {
            all += tiny.problems(split, 1_000, new Seed(1)).size();
        }
        // + and * of {1,2,3}: 6 pairs each; - with a result of at least 0: 6
        assertThat(all).isEqualTo(18);
    }

    @Test
    void worked_answers_are_every_order_of_the_operations() {
        Problem problem = problem("(3+4)*5-2*8");
        assertThat(STANDARD.workedAnswers(problem, 100, new Seed(1)))
                .containsExactlyInAnyOrder(
                        "7*5-2*8;35-2*8;35-16;19", "7*5-2*8;7*5-16;35-16;19", "(3+4)*5-16;7*5-16;35-16;19");
        assertThat(STANDARD.workedAnswers(problem, 2, new Seed(1))).hasSize(2);
    }

    @Test
    void no_part_of_an_expression_is_negative_or_large() {
        for (Problem problem : STANDARD.problems(Split.TRAIN, 2_000, new Seed(1))) {
            for (String answer : STANDARD.workedAnswers(problem, 5, new Seed(1))) {
                assertThat(answer).doesNotContain("--", ";-", "(-");
            }
            assertThat(Integer.parseInt(problem.fact("value"))).isBetween(0, 100);
        }
    }

    @Test
    void the_first_wrong_step_is_the_first_that_does_not_follow() {
        Problem problem = problem("(3+4)*5-2");
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;35-2;33")).isEmpty();
        assertThat(Arithmetic.firstWrongStep(problem, "8*5-2;40-2;38")).hasValue(0);
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;36-2;34")).hasValue(6);
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;35-2;32")).hasValue(11);
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;7*5-2;33"))
                .as("a step that says nothing new")
                .hasValue(6);
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;;33"))
                .as("a step that cannot be read")
                .hasValue(6);
        assertThat(Arithmetic.firstWrongStep(problem, "7*5-2;35-2"))
                .as("all steps right, stopped too early")
                .isEmpty();
    }

    @Test
    void the_first_wrong_step_is_known_of_arithmetic_and_short_answers_only() {
        Problem problem = problem("(3+4)*5-2");
        assertThat(Arithmetic.firstWrongStep(problem, "1;".repeat(1_000))).isEmpty();
        Problem other = new Problem(
                "other", problem.prompt(), new Reference.Checked("countdown"), Split.TRAIN, problem.facts());
        assertThat(Arithmetic.firstWrongStep(other, "8*5-2;40-2;38")).isEmpty();
    }

    private static Problem problem(String expression) {
        return new Problem(
                "made",
                List.of(Message.user(expression + "=")),
                new Reference.Checked("arithmetic"),
                Split.TRAIN,
                new TreeMap<>(Map.of("expression", expression)));
    }

    private static String form(String expression) {
        Expression.Reading reading = Expression.read(expression);
        return switch (reading) {
            case Expression.Reading.Read(Expression read) -> read.canonical();
            case Expression.Reading.Unreadable(String because) -> throw new AssertionError(because);
        };
    }
}
