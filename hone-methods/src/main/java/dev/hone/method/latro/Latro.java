package dev.hone.method.latro;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Examples.Rationales;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.RationaleGroup;
import dev.hone.data.RationaleGroup.Rationale;
import dev.hone.data.RolloutGroup;
import dev.hone.data.RolloutGroup.Rollout;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Clip;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.task.Gold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// LaTRO: a model draws rationales and is rewarded by its own likelihood of the known answer after each,
/// one optimizer step a batch of rationales, with a leave-one-out baseline.
///
/// **Paper** Chen et al. 2024, arXiv:2411.04282; card latro, "Algorithm"; `// n` marks the step.
/// **Departs** a rationale is cut at the text, so it is tokenized anew rather than taken token by token,
/// and its white space at the end is left out. A sample ends as the model or a stop ends it (step 2 draws
/// on to the limit and cuts afterwards: the same rationale, drawn cheaper). The reward is read by the
/// objective at the weights of the moment. The last model is offered, not the best on an exam. A problem
/// without a known answer, or with fewer than two rationales that are not empty, is left out; a batch of
/// none is passed over; a round that learned nothing offers the model before it, and the log says so. With
/// [AnswerTemplate.Cut#LAST] where a rationale ends depends on what is drawn after it. The phrases that end a
/// rationale are ours, the released list being longer; a cue to think step by step (step 1) is for the task's
/// prompt to have.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions a problem and `updates` optimizer steps; the last model is
/// kept. To tell how it goes, the first update's problems are drawn once more before the first round and
/// after each, with three scoring passes over what comes; [Reward.Right] judges each batch instead of reading it.
///
/// @param rounds at least 1; after each the model is offered
/// @param updates optimizer steps of a round, at least 1; its problems are shared out among them
/// @param samples rationales of a problem, `K`, at least 2; at temperature 1, of the whole distribution
/// @param maxTokens of a rationale, `L`
/// @param template how an answer is written
/// @param known the answers of training problems
/// @param answers whose answer is to be made likely
/// @param reward what is reinforced
/// @param objective `beta`, `gamma` and `lambda_sft`
/// @param measuring draws the rationales whose reward is told and which nothing is learned from
/// @param training rate and its schedule, which spans all updates; length, batch and order are not read
public record Latro(
        int rounds,
        int updates,
        int samples,
        int maxTokens,
        AnswerTemplate template,
        Gold known,
        Answers answers,
        Reward reward,
        Objective.Latro objective,
        Training training,
        Generator generator,
        Generator measuring,
        Likelihood likelihood,
        Learner learner) {

    /// Whose answer a rationale is rewarded for.
    public enum Answers {
        OWN,
        /// That of the next problem of the batch: a control that must teach nothing. A batch of one problem is
        /// passed over.
        OTHERS
    }

    /// What is reinforced.
    public sealed interface Reward {

        /// How likely the known answer is after a rationale.
        record Likelihood() implements Reward {}

        /// 1 for a sample whose own answer is right, else 0, by [Objective.Rloo] with the same weight of the
        /// distance: for comparison. The whole sample is learned, so it must be drawn to its end
        /// ([AnswerTemplate.Cut#LAST]).
        ///
        /// @param answers says with a full mark what is right
        record Right(Judge answers) implements Reward {}
    }

    /// A step leaves the policy near where it drew, so that this seldom acts.
    private static final Clip CLIP = Clip.symmetric(0.2);

    public Latro {
        if (rounds < 1 || updates < 1) {
            throw new IllegalArgumentException(
                    "rounds and updates must be at least 1 but were " + rounds + " and " + updates);
        }
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "samples must be at least 2 but was " + samples + "; a rationale is compared with the others");
        }
        if (reward instanceof Reward.Right && template.cut() != AnswerTemplate.Cut.LAST) {
            throw new IllegalArgumentException(
                    "a sample that ends where its answer begins cannot be right; cut at the last beginning");
        }
    }

    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        Model current = base;
        List<Problem> probe = probe(answered(problems.apply(1)));
        run.tell(new RunEvent.RoundHealth(0, probed(current, base, probe, 0, run)));
        for (int round = 1; round <= rounds; round++) {
            List<Problem> asked = answered(problems.apply(round));
            List<Sample> drawn = new ArrayList<>();
            Model before = current;
            for (int update = 1; update <= updates; update++) {
                List<Problem> share = share(asked, update);
                List<Sample> samples = draw(generator, current, share, run.step("sample-" + update, round)); // 2
                drawn.addAll(samples);
                Model former = current;
                current = step(former, base, samples, round, update, run); // 3 to 7
                if (!current.equals(former) && !former.equals(before)) {
                    learner.release(former);
                }
            }
            if (current.equals(before)) {
                run.tell(new RunEvent.Note(
                        round, "no problem with a known answer has two rationales, so there is nothing to learn from"));
            } else {
                TreeMap<String, Double> figures = new TreeMap<>(probed(current, base, probe, round, run));
                figures.putAll(lengths(drawn));
                run.tell(new RunEvent.RoundHealth(round, figures));
            }
            run.offer(round, current);
        }
        return current;
    }

    private List<Problem> answered(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> known.of(problem).isPresent())
                .toList();
    }

    /// The first update's problems, the same after every round.
    private List<Problem> probe(List<Problem> first) {
        return first.subList(0, Math.min(first.size(), Math.max(1, first.size() / updates)));
    }

    /// The update's part of the round's problems.
    private List<Problem> share(List<Problem> asked, int update) {
        return asked.subList(asked.size() * (update - 1) / updates, asked.size() * update / updates);
    }

    private List<Sample> draw(Generator from, Model model, List<Problem> problems, Step step) {
        Sampling plain = new Sampling(1, maxTokens).stoppingAt(template.stops().toArray(String[]::new));
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, samples, plain))
                .toList();
        return prompts.isEmpty() ? List.of() : from.generate(model, prompts, step);
    }

    private List<RationaleGroup> groups(List<Sample> drawn) {
        List<Group> problems = Group.of(drawn);
        List<RationaleGroup> groups = new ArrayList<>();
        if (answers == Answers.OTHERS && problems.size() == 1) {
            return groups;
        }
        for (int i = 0; i < problems.size(); i++) {
            Group own = problems.get(i);
            Group answered = switch (answers) {
                case OWN -> own;
                case OTHERS -> problems.get((i + 1) % problems.size());
            };
            List<Rationale> rationales = own.samples().stream()
                    .map(template::rationale)
                    .flatMap(Optional::stream)
                    .toList();
            Optional<String> answer = known.of(answered.problem());
            if (rationales.size() > 1 && answer.isPresent()) {
                groups.add(new RationaleGroup(
                        own.problem().id(), own.problem().prompt(), template.filled(answer.get()), rationales));
            }
        }
        return groups;
    }

    /// One optimizer step on one batch, if there is anything to learn from.
    private Model step(Model current, Model base, List<Sample> samples, int round, int update, Run run) {
        return switch (reward) {
            case Reward.Likelihood() -> {
                List<RationaleGroup> groups = groups(samples);
                yield groups.isEmpty()
                        ? current
                        : step(current, base, new Rationales(groups), objective, round, update, run);
            }
            case Reward.Right(Judge judge) -> {
                List<RolloutGroup> groups =
                        rewarded(judge.judge(Group.of(samples), run.step("judge-" + update, round)));
                yield groups.isEmpty()
                        ? current
                        : step(
                                current,
                                base,
                                new Rollouts(groups),
                                new Objective.Rloo(objective.kl(), CLIP),
                                round,
                                update,
                                run);
            }
        };
    }

    /// What has another of its problem to be compared with.
    private static List<RolloutGroup> rewarded(List<Judged> judged) {
        Map<String, List<Rollout>> problems = new LinkedHashMap<>();
        for (Judged each : judged) {
            if (each.sample().tokens().count(Author.MODEL) > 0) {
                problems.computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                        .add(new Rollout(each.sample(), each.isRight() ? 1 : 0));
            }
        }
        return problems.values().stream()
                .filter(group -> group.size() > 1)
                .map(RolloutGroup::new)
                .toList();
    }

    /// The moments and the schedule go on.
    private <E extends Examples> Model step(
            Model current, Model base, E examples, Objective<E> objective, int round, int update, Run run) {
        var one = new Training(
                new Training.Length.Steps(1),
                examples.size(),
                training.learningRate(),
                training.schedule(),
                training.adamW(),
                training.maxGradientNorm(),
                Training.Order.AS_GIVEN,
                training.adaptation(),
                new Training.Stopping.AtTheEnd());
        var moments = current.equals(base) ? OptimizerState.FRESH : OptimizerState.CARRIED;
        int at = (round - 1) * updates + update;
        return learner.learn(
                        new Start(current, moments, base),
                        examples,
                        objective,
                        one.inRound(at, Math.multiplyExact(rounds, updates)),
                        run.step("learn-" + update, round))
                .model();
    }

    /// Of a round's samples: `finished` share of those that came to an end; `tokens` mean length, with what a sample
    /// says after its rationale.
    private static Map<String, Double> lengths(List<Sample> drawn) {
        double finished = drawn.stream()
                .filter(sample -> sample.finish() instanceof Finish.Stopped)
                .count();
        return Map.of(
                "finished",
                finished / drawn.size(),
                "tokens",
                drawn.stream()
                        .mapToInt(sample -> sample.tokens().count(Author.MODEL))
                        .average()
                        .orElse(0));
    }

    private SortedMap<String, Double> probed(Model current, Model base, List<Problem> probe, int round, Run run) {
        Step step = run.step("probe", round);
        return run.figures(step, "reward", () -> reward(current, base, probe, step));
    }

    /// Of rationales that a model draws of some problems: `log p(answer)`, `R` on the card, and `KL`, the mean of `log
    /// p(z | x) - log p_base(z | x)`, in nats; nothing where none has two rationales.
    private TreeMap<String, Double> reward(Model current, Model base, List<Problem> probe, Step step) {
        List<Demonstration> alone = new ArrayList<>();
        List<Demonstration> answered = new ArrayList<>();
        for (RationaleGroup group : groups(draw(measuring, current, probe, step))) {
            for (Rationale each : group.rationales()) {
                var answer = new Segment.Written(group.answer(), Segment.Loss.COUNTED);
                alone.add(text(group, List.of(each.content()), Demonstration.Ending.OPEN));
                answered.add(text(group, List.of(each.content(), answer), Demonstration.Ending.ENDS));
            }
        }
        TreeMap<String, Double> figures = new TreeMap<>();
        if (!alone.isEmpty()) {
            double rationales = mean(likelihood.score(current, alone, step));
            figures.put("log p(answer)", mean(likelihood.score(current, answered, step)) - rationales);
            figures.put("KL", rationales - mean(likelihood.score(base, alone, step)));
        }
        return figures;
    }

    private static Demonstration text(RationaleGroup group, List<Segment> segments, Demonstration.Ending ending) {
        return new Demonstration("rationale of " + group.id(), group.prompt(), segments, ending, 1);
    }

    private static double mean(List<Tokens> scored) {
        double sum = 0;
        for (Tokens tokens : scored) {
            for (int i = 0; i < tokens.size(); i++) {
                sum += tokens.logProb(i);
            }
        }
        return sum / scored.size();
    }
}
