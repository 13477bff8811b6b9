package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinalAnswerTest {
    private static final FinalAnswer ANSWER = new FinalAnswer("Answer:");

    @Test
    void what_follows_the_line_of_the_answer_is_cut() {
        assertThat(ANSWER.cut("1+2=3\nAnswer: 3\nNext problem: Answer: 4")).hasValue("1+2=3\nAnswer: 3");
        assertThat(ANSWER.cut("1+2=3. Answer: 3")).hasValue("1+2=3. Answer: 3");
        assertThat(ANSWER.cut("1+2=3")).isEmpty();
        assertThat(FinalAnswer.NONE.cut("1+2=3\nmore")).hasValue("1+2=3\nmore");
    }

    @Test
    void what_is_before_the_answer() {
        assertThat(ANSWER.before("1+2=3. Answer: 3")).isEqualTo("1+2=3. ");
        assertThat(ANSWER.before("1+2=3")).isEqualTo("1+2=3");
        assertThat(FinalAnswer.NONE.before("1+2=3")).isEqualTo("1+2=3");
    }
}
