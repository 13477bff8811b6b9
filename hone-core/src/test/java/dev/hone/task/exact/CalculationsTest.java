package dev.hone.task.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.Seed;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalculationsTest {

    @Test
    void order_and_spelling_make_no_difference() {
        List<String> plain = Calculations.in("12*3=36;36-7=29");
        assertThat(plain).hasSize(2);
        assertThat(Calculations.in("3 x 12 = 36\n-7 + 36 = 29")).isEqualTo(plain);
        assertThat(Calculations.in("She pays 12 × $3 = $36, so (36 − 7 = 29) are left."))
                .isEqualTo(plain);
        assertThat(Calculations.in("1. 12*3=36\n2. 36-7=29.")).isEqualTo(plain);
        assertThat(Calculations.in("- 12*3 = 36, of 5 36-7 = 29 (of them)")).isEqualTo(plain);
        assertThat(Calculations.in("12*3 = <<12*3=36>>36 and 36-7=<<36-7=29>>29"))
                .isEqualTo(plain);
    }

    @Test
    void numbers_stay_as_written() {
        assertThat(Calculations.in("3+4=7")).isNotEqualTo(Calculations.in("3+4=7.0"));
        assertThat(Calculations.in("3+4=8")).isNotEqualTo(Calculations.in("3+4=7"));
        assertThat(Calculations.in("18*.5=9")).hasSize(1).isEqualTo(Calculations.in("18*0.5=9"));
        assertThat(Calculations.in("1,200*3=3,600")).isEqualTo(Calculations.in("1200*3=3600"));
    }

    @Test
    void one_false_equation_makes_a_text_false() {
        assertThat(Calculations.areTrue("12*3=36;36-7=29", 0)).isTrue();
        assertThat(Calculations.areTrue("12*3=36;36-7=28", 0)).isFalse();
        assertThat(Calculations.areTrue("10/3=3.333", 1e-3)).isTrue();
        assertThat(Calculations.areTrue("10/3=3.33", 1e-3)).isFalse();
        assertThat(Calculations.areTrue("2+3=5+1=6", 0)).as("2+3 is not 5+1").isFalse();
        assertThat(Calculations.areTrue("He has 3 left.", 0))
                .as("nothing is claimed")
                .isTrue();
    }

    @Test
    void what_has_no_value_is_not_true() {
        assertThat(Calculations.areTrue("3/0=1", 1)).isFalse();
        assertThat(Calculations.areTrue("999999999999999999*999999999999999999=1", 1))
                .isFalse();
    }

    @Test
    void a_chain_gives_each_of_its_links() {
        assertThat(Calculations.in("2+3=5+1=6"))
                .containsExactly(
                        Calculations.in("2+3=5+1").getFirst(),
                        Calculations.in("5+1=6").getFirst());
        assertThat(Calculations.in("2+3=5=5")).hasSize(1); // 5=5 calculates nothing
    }

    @Test
    void steps_without_an_equals_sign_are_calculations_while_something_is_left_to_do() {
        assertThat(Calculations.in("7*5-2;35-2;33"))
                .containsExactly(canonical("7*5-2"), canonical("35-2"))
                .isEqualTo(Calculations.in("5*7-2;35-2;33"));
        assertThat(Calculations.in("(12*3)-7")).containsExactly(canonical("12*3-7"));
    }

    @Test
    void other_text_has_none() {
        assertThat(Calculations.in("")).isEmpty();
        assertThat(Calculations.in("I think that it is 29.")).isEmpty();
        assertThat(Calculations.in("x = 29, 7 = , = 3, 3+ = 4, 3+4 = many")).isEmpty();
    }

    @Test
    void garbage_throws_nothing_and_takes_no_time() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 2_000; trial++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append("0123456789..,==+-*/(() \n;x$".charAt(random.nextInt(27)));
            }
            assertThat(Calculations.in(text.toString())).doesNotContain("");
        }
        assertThat(Calculations.in("1+".repeat(100_000) + "1=2")).isEmpty();
        assertThat(Calculations.in("(".repeat(900) + "1=2" + " )".repeat(900))).isEmpty();
        assertThat(Calculations.in("1+1=2 ".repeat(20_000))).hasSize(20_000);
        assertThat(Calculations.in("1,".repeat(100_000) + " x".repeat(100_000) + "=".repeat(100_000)))
                .isEmpty();
    }

    private static String canonical(String text) {
        return switch (Expression.read(text)) {
            case Expression.Reading.Read(Expression expression) -> expression.canonical();
            case Expression.Reading.Unreadable(String because) -> throw new AssertionError(because);
        };
    }
}
