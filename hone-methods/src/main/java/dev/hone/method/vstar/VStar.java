package dev.hone.method.vstar;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.LabelledSteps;
import dev.hone.data.Examples.Preferences;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Verifier;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.measure.Health;
import dev.hone.method.vstar.Verifying.Control;
import dev.hone.method.vstar.Verifying.When;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Verification for Self-Taught Reasoners: right samples teach the generator, round after round and always from the
/// base model; right and wrong ones of all rounds teach a verifier by DPO, against the model of the warm start. When
/// tested, the generator draws several candidates and the one is taken that the verifier finds likeliest.
///
/// **Paper** Hosseini et al. 2024, arXiv:2402.06457, Algorithm 1; card vstar, "Algorithm", whose step 7 is the
/// platform's exam; `// n` marks the step.
/// **Departs** `D_query` is the worked answers' problems and whatever problems a round is given, which
/// need not be those of the round before. The selector may keep fewer than all right samples for the
/// generator, such as each text once; a sample that was cut short, failed or has no reference is
/// neither right nor wrong, and not learned from; equal texts of a problem are one answer in `D_VER`;
/// pairs of a problem are bounded. Which weights learn, and how long, is the trainings'; the paper's
/// are low-rank. Without a warm start the base model
/// stands for `G_SFT`. A round in which nothing is kept trains on nothing: the model of the round
/// before is offered again; where no problem has both right and wrong answers there is no verifier;
/// the log says so both times. The ORM is the classifier alone, without the language model's loss,
/// reads the end of an answer only, and learns at the generator's rate: its head starts at 0, and at a
/// tenth of it still said about the same of every answer. The verifier in the loop is left out, with
/// which the paper found no clear gain, and so is the few-shot prompt of its programs' first round.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions of every problem, those of the worked answers too, and one fine-tune;
/// after the last one a verifier, and one for each control.
///
/// @param rounds `T`, at least 1
/// @param samples completions of a problem, `k`, at least 1
/// @param sampling the same as that of the candidates that a verifier will choose among
/// @param training of a generator
/// @param judge says with a full mark whether a sample is right
/// @param selector which judged samples a generator learns from
public record VStar(
        int rounds,
        int samples,
        Sampling sampling,
        Training training,
        Verifying verifying,
        Generator generator,
        Judge judge,
        Selector selector,
        Learner learner) {

    /// The verifier's name.
    public static final String NAME = "verifier";

    public VStar {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
    }

    /// @param base `G_base`, from which every generator is learned
    /// @param tuned `G_SFT`, what the worked answers made of it (step 2); the base model where there are none
    /// @param worked `D_SFT`, which `tuned` has learned; may be empty
    /// @param problems of a round besides those, by its number from 1
    /// @return the generator of the last round
    public Model run(
            Model base,
            Model tuned,
            SequencedMap<Problem, String> worked,
            IntFunction<List<Problem>> problems,
            Run run) {
        List<Labelled> labelled = new ArrayList<>(Labelled.worked(worked)); // 1: D_VER
        List<Demonstration> taught =
                new ArrayList<>(labelled.stream().map(Labelled::answer).toList()); // 1: D_GEN
        Model current = tuned; // 3a in round 1
        for (int round = 1; round <= rounds; round++) {
            List<Problem> asked = Stream.concat(worked.keySet().stream(), problems.apply(round).stream())
                    .toList();
            List<Decision> decisions = sampleAndSelect(current, asked, run.step("sample", round)); // 3b, 3c
            run.tell(new RunEvent.RoundHealth(round, Health.of(decisions).figures()));
            labelled.addAll(Labelled.of(decisions.stream().map(Decision::judged).toList(), round)); // 3d
            if (taught.addAll(kept(decisions))) { // 3d
                current = learner.learn(
                                Start.fresh(base),
                                new Demonstrations(taught),
                                new Objective.Sft(),
                                training,
                                run.step("learn", round)) // 3a of the next round; 4
                        .model();
            } else {
                run.tell(new RunEvent.Note(round, "no sample was accepted, so there is nothing to learn from"));
            }
            run.offer(round, current);
            if (round == rounds || verifying.when() == When.EACH_ROUND) {
                verify(tuned, labelled, round, run);
            }
        }
        return current;
    }

    private List<Decision> sampleAndSelect(Model model, List<Problem> problems, Step step) {
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, samples, sampling))
                .toList();
        List<Sample> drawn = generator.generate(model, prompts, step);
        return selector.select(judge.judge(Group.of(drawn), step), step);
    }

    private static List<Demonstration> kept(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision::isKept)
                .map(decision -> Demonstration.of(decision.judged().sample()))
                .toList();
    }

    private void verify(Model tuned, List<Labelled> labelled, int round, Run run) {
        List<Preference> pairs = pairs(labelled, round, run); // 5
        offer(NAME, tuned, pairs, run.step("verify", round), run); // 6
        if (pairs.isEmpty()) {
            return;
        }
        for (Control control : Control.values()) {
            if (verifying.controls().contains(control)) {
                switch (control) {
                    case SWAPPED ->
                        offer("swapped verifier", tuned, Pairs.swapped(pairs), run.step("verify-swapped", round), run);
                    case FIRST_ROUND -> {
                        List<Labelled> first = labelled.stream()
                                .filter(each -> each.round() <= 1)
                                .toList();
                        offer(
                                "first-round verifier",
                                tuned,
                                pairs(first, round, run),
                                run.step("verify-first", round),
                                run);
                    }
                    case OUTCOME -> classify(tuned, labelled, run.step("verify-outcome", round), run);
                }
            }
        }
    }

    private List<Preference> pairs(List<Labelled> labelled, int round, Run run) {
        return new Pairs(verifying.pairs())
                .of(labelled, run.step("verify", round).seed());
    }

    /// Starts from the warm start's model and is compared with it; without pairs there is nothing to offer.
    private void offer(String name, Model tuned, List<Preference> pairs, Step step, Run run) {
        if (pairs.isEmpty()) {
            run.tell(new RunEvent.Note(
                    step.round(), "no problem has both right and wrong answers, so there is no " + name + " to learn"));
            return;
        }
        Model verifier = learner.learn(
                        Start.fresh(tuned), new Preferences(pairs), verifying.dpo(), verifying.training(), step)
                .model();
        run.offerVerifier(step.round(), name, new Verifier.Preferring(verifier, tuned));
    }

    private void classify(Model tuned, List<Labelled> labelled, Step step, Run run) {
        List<StepLabels> answers = Labelled.distinct(labelled)
                .filter(each -> !each.text().isEmpty())
                .map(VStar::outcome)
                .toList();
        Model classifier = learner.learn(
                        Start.fresh(tuned),
                        new LabelledSteps(answers),
                        new Objective.StepReward(),
                        verifying.training().withLearningRate(training.learningRate()),
                        step)
                .model();
        run.offerVerifier(step.round(), "outcome verifier", new Verifier.Grading(classifier));
    }

    private static StepLabels outcome(Labelled answer) {
        StepLabels.Label label = switch (answer.label()) {
            case RIGHT -> StepLabels.Label.RIGHT;
            case WRONG -> StepLabels.Label.WRONG;
        };
        return new StepLabels(
                answer.answer().id(),
                answer.problem().prompt(),
                List.of(new StepLabels.Step(new Segment.Written(answer.text(), Segment.Loss.COUNTED), label)));
    }
}
