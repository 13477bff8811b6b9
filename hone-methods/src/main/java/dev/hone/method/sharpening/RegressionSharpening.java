package dev.hone.method.sharpening;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.RolloutGroup;
import dev.hone.data.RolloutGroup.Rollout;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.measure.Health;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// RLHF-sharpening: the self-reward under a KL penalty, as a regression on pairs. Its optimum is `pi_base
/// exp(r / beta)`, for the likelihood `pi_base^(1 + 1 / beta)`.
///
/// **Paper** Huang et al. 2024, arXiv:2412.01951; card sharpening, "RLHF-Sharpening".
/// **Departs** with rounds, the pairs of all rounds so far are learned from, always from the base. Online,
/// each pair is one draw of the newest policy beside one of the base model, and the loss has XPO's bonus;
/// the paper's own listing of it was not at hand, so the bonus is that of Xie et al. 2024 with the squared
/// loss of the offline form. A pair of which a side has no reward or both are the same text is left out;
/// without any pair a round learns nothing, offers the model before it, and the log says so.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions a problem (online twice that), a scoring pass over the
/// different ones, one training on all pairs so far, each with the reference.
///
/// @param rounds at least 1
/// @param samples completions a problem, offline at least 2: all their pairs are compared; at temperature 1
/// @param maxTokens of a completion
/// @param draw from whom the pairs come
/// @param beta weight of the KL penalty, above 0
/// @param reward [SelfReward#MAJORITY] only offline
/// @param answers says what is right, which is told and plays no other part
/// @param recording of the self-reward
public record RegressionSharpening(
        int rounds,
        int samples,
        int maxTokens,
        Draw draw,
        double beta,
        SelfReward reward,
        Training training,
        Generator generator,
        Likelihood likelihood,
        AnswerReader reader,
        Judge answers,
        Recording recording,
        Learner learner) {

    /// From whom the pairs come.
    public sealed interface Draw {

        /// Both sides from the base model.
        record Offline() implements Draw {}

        /// One side from the newest policy, one from the base model.
        ///
        /// @param exploration weight of the bonus, at least 0
        record Online(double exploration) implements Draw {}
    }

    public RegressionSharpening {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        int fewest = draw instanceof Draw.Offline ? 2 : 1;
        if (samples < fewest) {
            throw new IllegalArgumentException(
                    "samples must be at least " + fewest + " but was " + samples + "; rewards are compared in pairs");
        }
        if (draw instanceof Draw.Online && reward == SelfReward.MAJORITY) {
            throw new IllegalArgumentException(
                    "the majority is one of the base model's own samples, so it cannot reward"
                            + " those of another policy; choose likelihood or mean, or draw offline");
        }
    }

    private double exploration() {
        return switch (draw) {
            case Draw.Offline() -> 0;
            case Draw.Online(double exploration) -> exploration;
        };
    }

    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        Objective<Rollouts> objective = new Objective.RelativeReward(beta, exploration());
        Judge rewards = recording.record("self-reward", reward.judge(base, likelihood, reader));
        Model policy = base;
        List<RolloutGroup> pairs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<Problem> asked = problems.apply(round);
            boolean isNew = pairs.addAll(pairs(policy, base, asked, rewards, round, run));
            if (pairs.isEmpty()) {
                run.tell(new RunEvent.Note(
                        round,
                        "no two samples of a problem have rewards to compare, so there is nothing to learn from"));
            } else {
                if (!isNew) {
                    run.tell(new RunEvent.Note(
                            round,
                            "no two samples of a problem have rewards to compare, so it learns from those of the"
                                    + " rounds before alone"));
                }
                policy = learner.learn(
                                Start.fresh(base), new Rollouts(pairs), objective, training, run.step("learn", round))
                        .model();
            }
            run.offer(round, policy);
        }
        return policy;
    }

    private List<RolloutGroup> pairs(Model policy, Model base, List<Problem> asked, Judge rewards, int round, Run run) {
        Step step = run.step("sample", round);
        List<Judged> own = rewarded(policy, asked, rewards, round, step, run);
        return switch (draw) {
            case Draw.Offline() ->
                byProblem(own).values().stream()
                        .map(RegressionSharpening::different)
                        .filter(group -> group.size() > 1)
                        .map(RolloutGroup::new)
                        .toList();
            case Draw.Online _ -> beside(own, rewarded(base, asked, rewards, 0, run.step("sample-base", round), run));
        };
    }

    /// @param told the round whose health these samples are; 0 for none
    private List<Judged> rewarded(Model model, List<Problem> asked, Judge rewards, int told, Step step, Run run) {
        List<Prompt> prompts = asked.stream()
                .map(problem -> Prompt.of(problem, samples, new Sampling(1, maxTokens)))
                .toList();
        List<Group> groups = Group.of(generator.generate(model, prompts, step));
        List<Judged> judged = rewards.judge(groups, step);
        if (told > 0 && !judged.isEmpty()) {
            List<Judged> byAnswer = answers.judge(groups, step);
            List<Decision> decisions = new ArrayList<>();
            for (int i = 0; i < judged.size(); i++) {
                boolean counts = judged.get(i).verdict().rank().isPresent();
                decisions.add(new Decision(
                        byAnswer.get(i),
                        counts ? Fate.KEPT : Fate.DROPPED,
                        judged.get(i).verdict().because()));
            }
            TreeMap<String, Double> figures = new TreeMap<>(Health.of(decisions).figures());
            figures.putAll(Likeliest.of(byAnswer).figures());
            run.tell(new RunEvent.RoundHealth(told, figures));
        }
        return judged;
    }

    private static Map<String, List<Judged>> byProblem(List<Judged> judged) {
        Map<String, List<Judged>> problems = new LinkedHashMap<>();
        judged.forEach(each -> problems.computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                .add(each));
        return problems;
    }

    /// Those with a reward, each text once.
    private static List<Rollout> different(List<Judged> group) {
        Map<String, Rollout> texts = new LinkedHashMap<>();
        for (Judged each : group) {
            OptionalDouble reward = each.verdict().rank();
            if (reward.isPresent()) {
                texts.putIfAbsent(each.sample().text(), new Rollout(each.sample(), reward.getAsDouble()));
            }
        }
        return List.copyOf(texts.values());
    }

    /// The i-th draw of a problem beside the base model's i-th, which comes last.
    private static List<RolloutGroup> beside(List<Judged> own, List<Judged> ofBase) {
        Map<String, List<Judged>> others = byProblem(ofBase);
        Map<String, Integer> next = new HashMap<>();
        List<RolloutGroup> pairs = new ArrayList<>();
        for (Judged each : own) {
            String problem = each.sample().problem().id();
            int at = next.merge(problem, 1, Integer::sum) - 1;
            Judged other = others.getOrDefault(problem, List.of()).get(at);
            OptionalDouble reward = each.verdict().rank();
            OptionalDouble against = other.verdict().rank();
            if (reward.isPresent() && against.isPresent() && !isSame(each.sample(), other.sample())) {
                pairs.add(new RolloutGroup(List.of(
                        new Rollout(each.sample(), reward.getAsDouble()),
                        new Rollout(other.sample(), against.getAsDouble()))));
            }
        }
        return pairs;
    }

    private static boolean isSame(Sample one, Sample other) {
        return one.text().equals(other.text());
    }
}
