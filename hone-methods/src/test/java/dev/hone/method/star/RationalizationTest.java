package dev.hone.method.star;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Role;
import dev.hone.data.Sampling;
import dev.hone.generate.HintText;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.RunEvent;
import dev.hone.select.AtLeast;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.task.Gold;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// STaR as it was first written: one greedy attempt, and the answer as a hint for those that fail.
class RationalizationTest {
    private static final Model BASE = Problems.model("base");
    private static final Gold ANSWERS = problem -> Optional.of(answer(problem));

    /// Of four problems the first is solved, the second and third with the hint, the fourth never.
    private static final Script SCRIPT = (_, prompt, _, _) -> {
        String number = answer(prompt.problem());
        boolean isHinted = prompt.hint() instanceof Hint.Shown;
        return number.equals("1") || (isHinted && !number.equals("4")) ? number : "no";
    };

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> asked = new ArrayList<>();

    private static String answer(Problem problem) {
        return problem.id().substring(1);
    }

    private Model improve(Script script, Gold answers, Sampling sampling) {
        return improve(Problems.numbered(4), script, answers, sampling);
    }

    private Model improve(List<Problem> problems, Script script, Gold answers, Sampling sampling) {
        return new RejectionFineTuning(
                        2,
                        1,
                        sampling,
                        new RoundPolicy(From.BASE, OptimizerState.FRESH, new Window.Last(1)),
                        new Training(
                                new Training.Length.Steps(2),
                                4,
                                1e-3,
                                new Training.Schedule(0, Training.Schedule.Decay.COSINE),
                                Training.AdamW.standard(),
                                1,
                                Training.Order.SHUFFLED),
                        new Rationalization.WithAnswer(
                                answers, new HintText("{answer}! {problem}", List.of(Rationalization.ANSWER))),
                        new ScriptedGenerator((model, prompt, index, seed) -> {
                            asked.add(prompt);
                            return script.write(model, prompt, index, seed);
                        }),
                        new ReferenceJudge(Map.of()),
                        InTurn.of(new AtLeast(1), new Distinct()),
                        new Demonstrations(List.of()),
                        learner)
                .run(BASE, _ -> problems, run);
    }

    private List<Demonstration> lesson() {
        return ((Demonstrations) learner.lessons().getFirst().examples()).all();
    }

    @Test
    void failures_are_asked_once_more_with_their_answer_and_solved_ones_are_not() {
        improve(SCRIPT, ANSWERS, Sampling.greedy(16));
        assertThat(asked.subList(4, 7))
                .extracting(prompt -> prompt.seen().getLast().text())
                .containsExactly("2! say 2", "3! say 3", "4! say 4");
        assertThat(asked).hasSize(2 * 7).allMatch(prompt -> prompt.samples() == 1);
        assertThat(asked).extracting(Prompt::sampling).containsOnly(Sampling.greedy(16));
    }

    @Test
    void a_prompt_that_does_not_end_with_text_has_no_hint() {
        Problem seen = Problems.numbered(2).getLast();
        Message picture = new Message(Role.USER, List.of(new Part.Image(URI.create("file:/two.png"))));
        Problem shown = new Problem(seen.id(), List.of(picture), seen.reference(), seen.split(), seen.facts());
        improve(List.of(shown), SCRIPT, ANSWERS, Sampling.greedy(16));
        assertThat(asked).hasSize(2).extracting(Prompt::hint).containsOnly(Hint.NONE);
    }

    @Test
    void only_rationalizations_that_reach_the_answer_are_learned_and_without_the_hint() {
        improve(SCRIPT, ANSWERS, Sampling.greedy(16));
        assertThat(lesson()).hasSize(3);
        assertThat(lesson().get(0).id()).isEqualTo("sample/1/p1/0");
        assertThat(lesson().get(1).id()).startsWith("rationalize/1/p2/[");
        assertThat(lesson())
                .extracting(Demonstration::prompt)
                .containsExactlyElementsOf(
                        Problems.numbered(3).stream().map(Problem::prompt).toList());
    }

    @Test
    void the_health_counts_both_kinds_of_samples() {
        improve(SCRIPT, ANSWERS, Sampling.greedy(16));
        assertThat(run.events())
                .filteredOn(RunEvent.RoundHealth.class::isInstance)
                .first()
                .satisfies(event ->
                        assertThat(((RunEvent.RoundHealth) event).figures()).containsEntry("right", 3.0 / 7));
    }

    @Test
    void a_problem_whose_answer_is_not_known_stays_unsolved() {
        improve(
                SCRIPT,
                problem -> problem.id().equals("p2") ? Optional.empty() : ANSWERS.of(problem),
                new Sampling(1, 16));
        assertThat(lesson()).extracting(each -> each.id().split("/", -1)[2]).containsExactly("p1", "p3");
    }

    @Test
    void where_all_are_solved_nobody_is_asked_again_and_where_none_is_nothing_is_learned() {
        improve((_, prompt, _, _) -> answer(prompt.problem()), ANSWERS, new Sampling(1, 16));
        assertThat(asked).hasSize(2 * 4);
        assertThat(improve((_, _, _, _) -> "no", ANSWERS, new Sampling(1, 16))).isEqualTo(BASE);
    }
}
