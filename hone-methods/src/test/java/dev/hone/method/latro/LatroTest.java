package dev.hone.method.latro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Examples;
import dev.hone.data.Examples.Rationales;
import dev.hone.data.Lineage;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.RationaleGroup;
import dev.hone.data.RationaleGroup.Rationale;
import dev.hone.data.RationaleGroup.Stop;
import dev.hone.data.Reference;
import dev.hone.data.RolloutGroup;
import dev.hone.data.Segment;
import dev.hone.data.Split;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Clip;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.learn.Training.Schedule.Stretch;
import dev.hone.method.latro.AnswerTemplate.Cut;
import dev.hone.method.latro.Latro.Answers;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatroTest {
    private static final Model BASE = Problems.model("base");
    private static final Objective.Latro PAPER = Objective.Latro.asInPaper();

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> asked = new ArrayList<>();
    private final List<Objective<?>> objectives = new ArrayList<>();

    private Model learn(int rounds, int updates, Answers answers, List<Problem> problems, Script script) {
        return learn(
                rounds,
                updates,
                new AnswerTemplate(" Answer: {}", Cut.FIRST),
                answers,
                new Latro.Reward.Likelihood(),
                problems,
                script);
    }

    private Model learn(
            int rounds,
            int updates,
            AnswerTemplate template,
            Answers answers,
            Latro.Reward reward,
            List<Problem> problems,
            Script script) {
        Generator scripted = new ScriptedGenerator(script);
        Learner watched = new Learner() {
            @Override
            public <E extends Examples> Learned learn(
                    Start start, E examples, Objective<E> objective, Training training, Step step) {
                objectives.add(objective);
                return learner.learn(start, examples, objective, training, step);
            }

            @Override
            public void release(Model model) {
                learner.release(model);
            }
        };
        var training = new Training(
                new Training.Length.Epochs(9),
                77,
                1e-3,
                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
        return new Latro(
                        rounds,
                        updates,
                        3,
                        8,
                        template,
                        LatroTest::known,
                        answers,
                        reward,
                        PAPER,
                        training,
                        (model, prompts, step) -> {
                            assertThat(step.name()).startsWith("sample-");
                            asked.addAll(prompts);
                            return scripted.generate(model, prompts, step);
                        },
                        (model, prompts, step) -> {
                            assertThat(step.name()).isEqualTo("probe");
                            asked.addAll(prompts);
                            return scripted.generate(model, prompts, step);
                        },
                        new ScriptedLikelihood((model, _, text) -> model.equals(BASE) ? -1 : -0.5),
                        watched)
                .run(BASE, _ -> problems, run);
    }

    private List<RationaleGroup> lesson(int index) {
        return ((Rationales) learner.lessons().get(index).examples()).all();
    }

    private static List<String> texts(RationaleGroup group) {
        return group.rationales().stream()
                .map(each -> ((Segment.Written) each.content()).text())
                .toList();
    }

    private SortedMap<String, Double> health(int round) {
        return run.events().stream()
                .flatMap(event -> event instanceof RunEvent.RoundHealth(int of, var figures) && of == round
                        ? Stream.of(figures)
                        : Stream.of())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> known(Problem problem) {
        return problem.reference() instanceof Reference.Answer(String answer, var _)
                ? Optional.of(answer)
                : Optional.empty();
    }

    private static String numbered(Model model, Prompt prompt, int index, long seed) {
        return "way " + index + " ";
    }

    @Test
    void every_rationale_of_a_problem_is_rewarded_for_its_known_answer() {
        learn(1, 1, Answers.OWN, Problems.numbered(2), LatroTest::numbered);

        assertThat(objectives).containsExactly(PAPER);
        assertThat(lesson(0)).extracting(RationaleGroup::answer).containsExactly(" Answer: 1", " Answer: 2");
        assertThat(lesson(0)).allSatisfy(group -> {
            assertThat(texts(group)).as("without the blank at the end").containsExactly("way 0", "way 1", "way 2");
            assertThat(group.rationales()).extracting(Rationale::stop).containsOnly(Stop.FINISHED);
        });
    }

    @Test
    void rationales_are_drawn_plainly_at_temperature_1_and_end_where_an_answer_begins() {
        learn(1, 1, Answers.OWN, Problems.numbered(1), LatroTest::numbered);

        assertThat(asked.getFirst().sampling().temperature()).isEqualTo(1);
        assertThat(asked.getFirst().sampling().stops()).contains("Answer:", "The answer is");
        assertThat(asked.getFirst().samples()).isEqualTo(3);
    }

    @Test
    void each_update_draws_its_share_from_the_newest_model_and_takes_one_step() {
        Model last = learn(2, 2, Answers.OWN, Problems.numbered(5), LatroTest::numbered);

        assertThat(learner.lessons()).hasSize(4);
        assertThat(lesson(0)).extracting(RationaleGroup::id).containsExactly("p1", "p2");
        assertThat(lesson(1)).extracting(RationaleGroup::id).containsExactly("p3", "p4", "p5");
        assertThat(learner.lessons())
                .extracting(each -> each.training().length())
                .containsOnly(new Training.Length.Steps(1));
        assertThat(learner.lessons())
                .extracting(each -> each.training().batch())
                .containsExactly(2, 3, 2, 3);
        assertThat(learner.lessons())
                .extracting(each -> each.training().schedule().stretch())
                .as("one schedule over all updates")
                .containsExactly(
                        new Stretch.Part(0, 4), new Stretch.Part(1, 4), new Stretch.Part(2, 4), new Stretch.Part(3, 4));
        assertThat(learner.lessons())
                .extracting(each -> each.start().optimizer())
                .containsExactly(
                        OptimizerState.FRESH, OptimizerState.CARRIED, OptimizerState.CARRIED, OptimizerState.CARRIED);
        assertThat(learner.lessons())
                .as("the distance is from the first model")
                .allSatisfy(each -> assertThat(each.start().reference()).isEqualTo(BASE));
        assertThat(run.offered()).hasSize(2).containsEntry(2, last);
    }

    @Test
    void of_a_rounds_models_the_last_one_is_kept() {
        learn(2, 3, Answers.OWN, Problems.numbered(6), LatroTest::numbered);

        assertThat(learner.released())
                .extracting(Model::lineage)
                .extracting(each -> each instanceof Lineage.Learned made ? made.step() + "/" + made.round() : "given")
                .containsExactly("learn-1/1", "learn-2/1", "learn-1/2", "learn-2/2");
    }

    @Test
    void an_unfinished_rationale_is_marked_and_an_empty_one_left_out() {
        learn(
                1,
                1,
                Answers.OWN,
                Problems.numbered(1),
                (_, _, index, _) ->
                        List.of("far too long a text", "  ", "short").get(index));

        assertThat(lesson(0).getFirst().rationales())
                .extracting(Rationale::stop)
                .containsExactly(Stop.CUT, Stop.FINISHED);
        assertThat(health(1))
                .hasEntrySatisfying("finished", share -> assertThat(share).isCloseTo(2 / 3.0, Offset.offset(1e-12)));
    }

    @Test
    void with_the_answers_of_others_every_rationale_is_rewarded_for_a_wrong_one() {
        learn(1, 1, Answers.OTHERS, Problems.numbered(3), LatroTest::numbered);

        assertThat(lesson(0))
                .extracting(RationaleGroup::answer)
                .containsExactly(" Answer: 2", " Answer: 3", " Answer: 1");
    }

    @Test
    void the_only_problem_of_a_batch_has_no_others_answer_and_is_passed_over() {
        learn(1, 2, Answers.OTHERS, Problems.numbered(3), LatroTest::numbered);

        assertThat(learner.lessons()).as("one problem, then two").hasSize(1);
        assertThat(lesson(0)).hasSize(2);
    }

    /// Of "1", "2" and "2" for the problem whose answer is 1 the first is right.
    @Test
    void for_comparison_right_samples_are_reinforced_whole() {
        var last = new AnswerTemplate(";{}", Cut.LAST);
        var right = new Latro.Reward.Right(new ReferenceJudge(Map.of()));
        learn(1, 1, last, Answers.OWN, right, Problems.numbered(1), (_, _, index, _) -> index == 0 ? "1" : "2");

        assertThat(objectives).containsExactly(new Objective.Rloo(PAPER.kl(), Clip.symmetric(0.2)));
        assertThat(((Examples.Rollouts) learner.lessons().getFirst().examples()).all())
                .flatExtracting(RolloutGroup::rollouts)
                .extracting(RolloutGroup.Rollout::reward)
                .containsExactly(1.0, 0.0, 0.0);
        assertThatThrownBy(() -> learn(
                        1,
                        1,
                        new AnswerTemplate("A {}", Cut.FIRST),
                        Answers.OWN,
                        right,
                        Problems.numbered(1),
                        LatroTest::numbered))
                .hasMessageContaining("cut at the last beginning");
    }

    @Test
    void a_problem_without_a_known_answer_or_with_one_rationale_is_left_out() {
        Problem unknown =
                new Problem("q", List.of(Message.user("?")), new Reference.None(), Split.TRAIN, new TreeMap<>());
        List<Problem> problems = new ArrayList<>(Problems.numbered(2));
        problems.addFirst(unknown);
        learn(
                1,
                1,
                Answers.OWN,
                problems,
                (_, prompt, index, _) -> prompt.problem().id().equals("p1") && index > 0 ? "" : "way");

        assertThat(asked)
                .as("asked before the round, in it and after it")
                .extracting(prompt -> prompt.problem().id())
                .containsExactly("p1", "p2", "p1", "p2", "p1", "p2");
        assertThat(lesson(0)).extracting(RationaleGroup::id).containsExactly("p2");
    }

    @Test
    void where_nothing_can_be_learned_the_model_stays_and_the_log_says_so() {
        Model same = learn(1, 3, Answers.OWN, Problems.numbered(2), (_, _, _, _) -> "");

        assertThat(same).isEqualTo(BASE);
        assertThat(run.offered()).containsExactly(Map.entry(1, BASE));
        assertThat(run.events().stream().filter(RunEvent.Note.class::isInstance))
                .hasSize(1);
    }

    @Test
    void more_updates_than_problems_pass_over_empty_shares() {
        learn(1, 4, Answers.OWN, Problems.numbered(1), LatroTest::numbered);

        assertThat(learner.lessons()).hasSize(1);
    }

    /// "way 0" has five characters, " Answer: 1" ten, at half a nat each under the learned model, one under the base.
    @Test
    void the_likelihood_of_answers_and_the_distance_from_the_base_are_told() {
        learn(1, 1, Answers.OWN, Problems.numbered(1), LatroTest::numbered);

        assertThat(health(0)).containsEntry("log p(answer)", -10.0).containsEntry("KL", 0.0);
        assertThat(health(1)).containsEntry("log p(answer)", -5.0).containsEntry("KL", 2.5);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Latro(
                        1,
                        1,
                        1,
                        8,
                        new AnswerTemplate("A {}", Cut.FIRST),
                        LatroTest::known,
                        Answers.OWN,
                        new Latro.Reward.Likelihood(),
                        PAPER,
                        new Training(
                                new Training.Length.Steps(1),
                                1,
                                1,
                                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                                Training.AdamW.standard(),
                                1,
                                Training.Order.SHUFFLED),
                        new ScriptedGenerator(LatroTest::numbered),
                        new ScriptedGenerator(LatroTest::numbered),
                        new ScriptedLikelihood((_, _, _) -> -1),
                        learner))
                .hasMessage("samples must be at least 2 but was 1; a rationale is compared with the others");
    }
}
