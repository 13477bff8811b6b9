package dev.hone.task.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.Seed;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpressionTest {

    @Test
    void products_bind_tighter_than_sums_and_equals_group_from_the_left() {
        assertThat(value("2+3*4")).isEqualTo("14");
        assertThat(value("10-3-2")).isEqualTo("5");
        assertThat(value("8/4/2")).isEqualTo("1");
        assertThat(value("-2*-3")).isEqualTo("6");
        assertThat(value("1/3+1/6")).isEqualTo("(1/2)");
        assertThat(value("0.1+0.2")).isEqualTo("(3/10)");
        assertThat(value("( 2 + 3 ) * 4 ")).isEqualTo("20");
        assertThat(read("1/(2-2)").value()).isEmpty();
    }

    @Test
    void reading_the_text_of_an_expression_gives_it_again() {
        SplittableRandom random = new Seed(2).random();
        for (int i = 0; i < 5_000; i++) {
            Expression expression = any(random.nextInt(7), random);
            assertThat(read(expression.text())).isEqualTo(expression);
        }
    }

    @Test
    void beyond_64_bits_is_said_never_wrapped() {
        assertThatThrownBy(() -> read("999999999999*999999999999").value()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> read("9".repeat(19)).value()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fraction.of(Long.MIN_VALUE).negated()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void depth_and_length_are_bounded() {
        assertThat(Expression.read("(".repeat(50) + "1" + ")".repeat(50))).isInstanceOf(Expression.Reading.Read.class);
        assertThat(Expression.read("(".repeat(51) + "1" + ")".repeat(51)))
                .isEqualTo(new Expression.Reading.Unreadable("nested deeper than 50"));
        assertThat(Expression.read("1" + "+1".repeat(500)))
                .isEqualTo(new Expression.Reading.Unreadable("longer than 1000 characters"));
    }

    @Test
    void fractions_are_in_lowest_terms_with_the_sign_in_front() {
        assertThat(new Fraction(6, -4)).isEqualTo(new Fraction(-3, 2)).hasToString("(-3/2)");
        assertThat(new Fraction(0, -5)).isEqualTo(Fraction.ZERO);
        assertThat(new Fraction(1, 3)).isLessThan(new Fraction(1, 2)).isGreaterThan(new Fraction(-1, 2));
    }

    private static Expression any(int operations, SplittableRandom random) {
        if (operations == 0) {
            return new Expression.Literal(Integer.toString(random.nextInt(100)));
        }
        if (random.nextInt(5) == 0) {
            return new Expression.Negated(any(operations - 1, random));
        }
        int left = random.nextInt(operations);
        Operator operator = List.of(Operator.values()).get(random.nextInt(4));
        return new Expression.Binary(any(left, random), operator, any(operations - 1 - left, random));
    }

    private static Expression read(String text) {
        return switch (Expression.read(text)) {
            case Expression.Reading.Read(Expression expression) -> expression;
            case Expression.Reading.Unreadable(String because) -> throw new AssertionError(text + ": " + because);
        };
    }

    private static String value(String text) {
        return read(text).value().orElseThrow().toString();
    }
}
