package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.method.selfexplore.PitSearch.Found;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PitSearchTest {
    private static final Model MODEL = Problems.model("explorer");
    private static final Problem P = Scene.problem("p", 33);
    private static final Problem Q = Scene.problem("q", 33);

    /// Every call: the step and the beginnings that were asked for.
    private final List<String> calls = new ArrayList<>();

    private static String begun(Prompt prompt) {
        return prompt.origin() instanceof Origin.Begun(String _, String text) ? text : "";
    }

    /// A model that still reaches 33 on its third try while nothing but the steps a and b is written.
    private static String recovering(Model model, Prompt prompt, int index, long seed) {
        return begun(prompt).matches("[ab;]*") && index == 2 ? "c;33" : "34";
    }

    private Found search(int tries, int mostSteps, Generator generator, Pair... pairs) {
        Generator heard = (model, prompts, step) -> {
            calls.add(step.name() + " "
                    + prompts.stream().map(PitSearchTest::begun).toList());
            return generator.generate(model, prompts, step);
        };
        return new PitSearch(tries, mostSteps, Scene.SAMPLING, AtMarks.TRACES, heard, new ReferenceJudge(Map.of()))
                .search(MODEL, List.of(pairs), new ScratchRun(1, Path.of("scratch")), 2);
    }

    private Found search(Script script, Pair... pairs) {
        return search(4, 20, new ScriptedGenerator(script), pairs);
    }

    private static Pair wrong(Problem problem, String wrong) {
        return Scene.pair(problem, "a;b;33", wrong);
    }

    @Test
    void the_first_pit_is_the_first_step_after_which_the_answer_is_not_reached() {
        Found found = search(PitSearchTest::recovering, wrong(P, "a;b;x;y;34"));
        Explored explored = found.explored().getFirst();
        assertThat(explored.end()).isEqualTo(new End.Pit(3));
        assertThat(calls).containsExactly("explore-1 [a;]", "explore-2 [a;b;]", "explore-3 [a;b;x;]");
        assertThat(found.completions()).isEqualTo(12);
    }

    @Test
    void what_reached_the_answer_before_the_pit_is_kept_by_step() {
        Explored explored = search(PitSearchTest::recovering, wrong(P, "a;b;x;y;34"))
                .explored()
                .getFirst();
        assertThat(explored.reachedBefore(1)).isEmpty();
        assertThat(explored.reachedBefore(2)).extracting(Sample::text).containsExactly("a;c;33");
        assertThat(explored.reachedBefore(3)).extracting(Sample::text).containsExactly("a;b;c;33");
    }

    @Test
    void the_bare_question_is_never_tried_and_a_pit_may_be_the_first_step() {
        Found found = search(PitSearchTest::recovering, wrong(P, "x;34"));
        assertThat(found.explored().getFirst().end()).isEqualTo(new End.Pit(1));
        assertThat(calls).containsExactly("explore-1 [x;]");
    }

    @Test
    void the_last_step_is_tried_with_the_whole_solution() {
        Found found = search(PitSearchTest::recovering, wrong(P, "a;b;34"));
        assertThat(found.explored().getFirst().end()).isEqualTo(new End.Pit(3));
        assertThat(calls).endsWith("explore-3 [a;b;34]");
    }

    @Test
    void a_solution_from_which_the_answer_is_always_reached_has_no_pit() {
        assertThat(search(PitSearchTest::recovering, wrong(P, "a;b;b"))
                        .explored()
                        .getFirst()
                        .end())
                .isEqualTo(new End.NoPit());
        assertThat(calls).hasSize(3);
    }

    @Test
    void so_many_steps_are_looked_at_and_no_more() {
        Found found = search(4, 2, new ScriptedGenerator(PitSearchTest::recovering), wrong(P, "a;b;x;34"));
        assertThat(found.explored().getFirst().end()).isEqualTo(new End.NoPit());
        assertThat(calls).hasSize(2);
    }

    @Test
    void one_try_sees_a_pit_where_three_see_none() {
        Pair pair = wrong(P, "a;b;x;34");
        assertThat(search(1, 20, new ScriptedGenerator(PitSearchTest::recovering), pair)
                        .explored()
                        .getFirst()
                        .end())
                .isEqualTo(new End.Pit(1));
        assertThat(search(3, 20, new ScriptedGenerator(PitSearchTest::recovering), pair)
                        .explored()
                        .getFirst()
                        .end())
                .isEqualTo(new End.Pit(3));
    }

    @Test
    void problems_are_explored_in_one_batch_and_a_shared_beginning_once() {
        Found found = search(
                PitSearchTest::recovering,
                wrong(P, "a;b;x;34"),
                wrong(Q, "x;34"),
                wrong(P, "a;y;34"),
                wrong(Q, "a;b;34"));
        assertThat(calls)
                .containsExactly(
                        "explore-1 [a;, x;, a;]", // of P, of Q, of Q
                        "explore-2 [a;b;, a;y;, a;b;]",
                        "explore-3 [a;b;x;, a;b;34]");
        assertThat(found.explored())
                .extracting(Explored::end)
                .containsExactly(new End.Pit(3), new End.Pit(1), new End.Pit(2), new End.Pit(3));
        assertThat(found.completions()).isEqualTo(4 * 8);
    }

    @Test
    void a_completion_that_was_cut_or_cannot_be_read_does_not_reach_the_answer() {
        assertThat(search(
                                1,
                                20,
                                new ScriptedGenerator(
                                        (_, _, index, _) -> index == 0 ? "33" + " ".repeat(300) : "no number"),
                                wrong(P, "a;34"))
                        .explored()
                        .getFirst()
                        .end())
                .isEqualTo(new End.Pit(1));
    }

    @Test
    void a_completion_that_could_not_be_drawn_says_nothing() {
        Generator failing = (model, prompts, step) -> new ScriptedGenerator(PitSearchTest::recovering)
                .generate(model, prompts, step).stream()
                        .map(each -> each.text().startsWith("a;b;") ? failed(each) : each)
                        .toList();
        Found found = search(4, 20, failing, wrong(P, "a;b;x;34"), wrong(Q, "a;x;34"));
        assertThat(found.explored())
                .extracting(Explored::end)
                .containsExactly(new End.Unknown("too long"), new End.Pit(2));
    }

    private static Sample failed(Sample sample) {
        return new Sample(
                sample.id(),
                sample.problem(),
                "",
                Tokens.empty(),
                new Finish.Failed("too long"),
                sample.sampling(),
                sample.model(),
                sample.origin(),
                sample.hint());
    }

    // 200 tokens for a whole solution: the beginning a; of a;x;34 takes 2 of its 6 characters and so of its 6 tokens
    @Test
    void a_solution_may_be_no_longer_than_a_sample() {
        List<Integer> limits = new ArrayList<>();
        search(
                (_, prompt, index, _) -> {
                    limits.add(prompt.sampling().maxTokens());
                    return begun(prompt).equals("a;") ? "33" : "no";
                },
                wrong(P, "a;x;34"));
        assertThat(limits).containsExactly(198, 198, 198, 198, 196, 196, 196, 196);
        assertThat(search((_, _, _, _) -> "no", wrong(P, "a".repeat(300)))
                        .explored()
                        .getFirst()
                        .end())
                .as("one token is left at least")
                .isEqualTo(new End.Pit(1));
    }

    @Test
    void without_pairs_nothing_is_drawn() {
        Found found = search(PitSearchTest::recovering);
        assertThat(found.explored()).isEmpty();
        assertThat(found.completions()).isZero();
        assertThat(calls).isEmpty();
    }
}
