package dev.hone.method.gsi;

import static dev.hone.method.gsi.Sums.ANSWERS;
import static dev.hone.method.gsi.Sums.SAMPLING;
import static dev.hone.method.gsi.Sums.SOLUTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Hint;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.generate.Prompt;
import dev.hone.task.Gold;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What each kind of guidance shows, and to whom.
class GuideTest {
    private static final Model TEACHER = Problems.model("teacher");
    private static final Problem FIRST = Sums.problems(1).getFirst();

    private final List<Prompt> taught = new ArrayList<>();
    private final List<Model> teachers = new ArrayList<>();

    private Guide guide(Guidance guidance) {
        return new Guide(guidance, SAMPLING, new ScriptedGenerator((model, prompt, _, _) -> {
            teachers.add(model);
            taught.add(prompt);
            return prompt.problem().equals(FIRST) ? "too small" : "do: one\ntwo\n2";
        }));
    }

    private Guide.Asking asking(Guidance guidance, int pass) {
        Attempts attempts = Sums.attempts(2, 2, (_, _, index, _) -> "wrong " + (70 + index));
        return guide(guidance).asking(Sums.problems(2), attempts, pass, 1, new ScratchRun(1, Path.of("scratch")));
    }

    private static Guidance.Teacher teacher() {
        return new Guidance.Teacher(SOLUTIONS, TEACHER, Guidance.Teacher.asInPaper(40), Sums.ASKED, Sums.SHOWN);
    }

    @Test
    void the_answer_is_shown_and_the_sampling_is_the_models_own() {
        Guide.Asking asking = asking(new Guidance.Answer(ANSWERS, Sums.ANSWER), 1);
        assertThat(asking.prompts()).extracting(Sums::seen).containsExactly("say 1 It is 1.", "say 2 It is 2.");
        assertThat(asking.prompts()).allSatisfy(prompt -> {
            assertThat(prompt.samples()).as("one guided sample a pass").isEqualTo(1);
            assertThat(prompt.sampling()).isEqualTo(SAMPLING);
            assertThat(prompt.origin()).isEqualTo(new Origin.Fresh());
        });
    }

    @Test
    void the_worked_answer_is_shown() {
        assertThat(asking(new Guidance.Rationale(SOLUTIONS, Sums.SOLUTION), 1).prompts())
                .extracting(Sums::seen)
                .containsExactly("say 1 See: one\ntwo\n1", "say 2 See: one\ntwo\n2");
    }

    @Test
    void a_state_reset_begins_with_more_of_the_worked_answer_each_pass_under_the_plain_prompt() {
        assertThat(asking(Sums.STATE_RESET, 1).prompts())
                .extracting(Prompt::origin)
                .containsExactly(new Origin.Begun("gold", "one\n"), new Origin.Begun("gold", "one\n"));
        List<Prompt> second = asking(Sums.STATE_RESET, 2).prompts();
        assertThat(second).extracting(Prompt::origin).containsOnly(new Origin.Begun("gold", "one\ntwo\n"));
        assertThat(second).extracting(Prompt::hint).containsOnly(Hint.NONE);
    }

    @Test
    void nothing_is_shown_by_brute_force() {
        assertThat(asking(new Guidance.None(), 3).prompts())
                .containsExactly(
                        Prompt.of(FIRST, 1, SAMPLING),
                        Prompt.of(Sums.problems(2).getLast(), 1, SAMPLING));
    }

    @Test
    void a_teacher_sees_the_last_wrong_attempt_and_the_worked_answer_and_the_model_only_its_critique() {
        Guide.Asking asking = asking(teacher(), 1);
        assertThat(teachers).containsOnly(TEACHER);
        assertThat(taught)
                .extracting(Sums::seen)
                .containsExactly("say 1 wrong 71 but one\ntwo\n1", "say 2 wrong 71 but one\ntwo\n2");
        assertThat(taught).extracting(prompt -> prompt.sampling().temperature()).containsOnly(1.0);
        assertThat(taught)
                .extracting(prompt -> prompt.sampling().warping().topP())
                .containsOnly(0.95);
        assertThat(asking.prompts())
                .extracting(Sums::seen)
                .containsExactly("say 1 wrong 71: too small", "say 2 wrong 71: do: one\ntwo\n2");
    }

    @Test
    void critiques_that_give_the_worked_answer_away_are_counted() {
        Guide.Asking asking = asking(teacher(), 1);
        assertThat(asking.critiques()).isEqualTo(2);
        assertThat(asking.leaked()).isEqualTo(1);
    }

    @Test
    void without_a_wrong_attempt_there_is_nothing_to_criticise_and_the_problem_is_asked_plainly() {
        Attempts right =
                Sums.attempts(2, 1, (_, prompt, _, _) -> prompt.problem().equals(FIRST) ? "1" : "9");
        Guide.Asking asking =
                guide(teacher()).asking(Sums.problems(2), right, 1, 1, new ScratchRun(1, Path.of("scratch")));
        assertThat(asking.critiques()).isEqualTo(1);
        assertThat(asking.prompts()).first().isEqualTo(Prompt.of(FIRST, 1, SAMPLING));
    }

    @Test
    void a_cut_critique_is_shown_as_far_as_it_goes() {
        Guidance.Teacher brief = new Guidance.Teacher(SOLUTIONS, TEACHER, new Sampling(1, 3), Sums.ASKED, Sums.SHOWN);
        assertThat(asking(brief, 1).prompts())
                .first()
                .satisfies(prompt -> assertThat(Sums.seen(prompt)).isEqualTo("say 1 wrong 71: too"));
    }

    @Test
    void a_problem_is_known_where_what_the_guidance_needs_is_there() {
        Gold nothing = _ -> Optional.empty();
        Gold short1 = _ -> Optional.of("33");
        assertThat(guide(new Guidance.None()).knows(FIRST)).isTrue();
        assertThat(guide(new Guidance.Answer(nothing, Sums.ANSWER)).knows(FIRST))
                .isFalse();
        assertThat(guide(new Guidance.Rationale(nothing, Sums.SOLUTION)).knows(FIRST))
                .isFalse();
        assertThat(guide(Sums.STATE_RESET).knows(FIRST)).isTrue();
        Guide uncut = guide(new Guidance.StateReset(short1, new PrefixSchedule.Steps("\n")));
        assertThat(uncut.knows(FIRST)).isFalse();
        assertThat(uncut.needs()).contains("cut");
    }
}
