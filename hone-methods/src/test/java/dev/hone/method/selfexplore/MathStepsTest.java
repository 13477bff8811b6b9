package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MathStepsTest {
    private static final StepSplit SPLIT = new MathSteps(new FinalAnswer("The answer is"));

    private static List<String> steps(String text) {
        Steps steps = SPLIT.of(text);
        return IntStream.rangeClosed(1, steps.count()).mapToObj(steps::step).toList();
    }

    private static String line(int number) {
        return "This is line number " + number + " of the solution.\n";
    }

    private static String lines(int count) {
        return String.join(
                "",
                IntStream.rangeClosed(1, count).mapToObj(MathStepsTest::line).toList());
    }

    @Test
    void steps_end_with_lines_and_with_sentences_that_end_with_a_formula() {
        assertThat(steps("We have that the area is $a=3$. The height is known. The volume is\ngiven by the product"
                        + " of both: $V=12$. The rest of this is easy.\nThe answer is 12."))
                .containsExactly(
                        "We have that the area is $a=3$.",
                        " The height is known. The volume is",
                        "given by the product of both: $V=12$.",
                        " The rest of this is easy.",
                        "The answer is 12.");
    }

    @Test
    void the_final_answer_is_a_step_of_its_own_however_short() {
        assertThat(steps(lines(4) + "The answer is 5")).hasSize(5).endsWith("The answer is 5");
        assertThat(steps("The answer is 5")).containsExactly("The answer is 5");
    }

    @Test
    void what_is_shorter_than_twenty_characters_joins_the_step_before() {
        assertThat(steps(line(1) + "Short.\n" + line(2) + line(3) + line(4)))
                .hasSize(4)
                .startsWith("This is line number 1 of the solution.\nShort.");
        assertThat(steps("Short.\n" + lines(4)))
                .as("the first joins the next")
                .hasSize(4)
                .startsWith("Short.\nThis is line number 1 of the solution.");
    }

    // lengths 200, 200, 200, 30: the mean is 157.5, of which three tenths are 47
    @Test
    void what_is_shorter_than_three_tenths_of_the_mean_joins_too() {
        String longer = "x".repeat(200) + "\n";
        assertThat(steps(longer.repeat(3) + "y".repeat(30) + "\n" + longer)).hasSize(4);
        assertThat(steps(longer.repeat(3) + "y".repeat(60) + "\n" + longer)).hasSize(5);
    }

    @Test
    void there_are_at_most_nine() {
        assertThat(steps(lines(9))).hasSize(9);
        assertThat(steps(lines(14))).hasSize(9);
        assertThat(steps(lines(14) + "The answer is 5")).hasSize(9).endsWith("The answer is 5");
    }

    @Test
    void three_or_fewer_are_cut_near_the_middle() {
        assertThat(steps("The sum of the first two is at least nine so the third of them is four."))
                .containsExactly("The sum of the first two is at least nine", " so the third of them is four.");
        assertThat(steps("2 x + 3 y + 4 z + 5 u + 6 v = 7 w + 8 s + 9 t + 1 r"))
                .containsExactly("2 x + 3 y + 4 z + 5 u + 6 v", "= 7 w + 8 s + 9 t + 1 r");
        assertThat(steps("a long step that has nothing of that kind anywhere in it"))
                .hasSize(1);
        assertThat(steps(lines(4))).as("four are left alone").hasSize(4);
    }

    @Test
    void the_text_is_kept_to_the_character() {
        String text = " \n" + lines(3) + "\n\n  $x$.  " + line(4) + "so The answer is 5\n";
        Steps steps = SPLIT.of(text);
        for (int number = 1; number <= steps.count(); number++) {
            assertThat(steps.before(number) + steps.from(number)).isEqualTo(text);
            assertThat(steps.step(number)).isNotBlank();
        }
        assertThat(steps.before(1)).isEmpty();
        assertThat(SPLIT.of(" \n ").count()).isZero();
    }

    @Test
    void a_text_of_ten_thousand_lines_takes_no_time() {
        assertThat(steps("a\n".repeat(10_000))).hasSizeLessThanOrEqualTo(9);
    }
}
