package dev.hone.method.dsweight;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
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
import dev.hone.method.dsweight.MeanLoss.Scope;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Importance weighting-based self-improvement: samples that most others of their question agree with are
/// learned from, less those whose loss under the base model is far from the mean loss of a few human
/// answers, in either direction. No label is used, and there is one round.
///
/// **Paper** Jiang et al. 2024, arXiv:2408.09849; card ds-weight, "Algorithm"; `// n` marks the step.
/// **Departs** between question and answer stands no end token, where the released code has one, and what a
/// chat template puts around a question is not in its loss. Losses are of texts, not of the tokens in which
/// a sample was drawn. A sample is not cut at the next question (step 1): it ends where the model ends it. Where an
/// answer is a whole text, as in Countdown, samples agree only if they are the same, so that all that are kept of a
/// question weigh alike. Examples are shown as turns of a conversation; without any the platform's warm start
/// is what teaches the form. Weights are not capped before they are ranked (the released code caps them at
/// 2 and 5, which is not symmetric). The quantile is linear between ranks; samples that tie with it are
/// kept. IWSI-w clips at `C` as the paper writes, and the engine divides by the sum of the weights, which
/// only scales the loss; a mean is over the tokens of a batch, so long samples weigh more. Which weights
/// learn is the training's; the paper's are low-rank. The self-filter's wording is ours; an external reward
/// model is a judge like any other, and no setting names one. Of answers that tie the first drawn wins,
/// even where every sample answers otherwise. Samples without an answer, questions without any, and what
/// the base model finds impossible are dropped; a share of 1 filters nothing. The human answers may be more
/// than the questions. If nothing is left, nothing is learned: the base model is offered, and the log says
/// so. The log also says where the weights rank by length.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** `m` completions of every question, one pass over those that agree and over the human answers,
/// one fine-tune.
///
/// @param samples `m`, at least 1
/// @param filter which of those that agree are learned from
/// @param share `k`, in `(0, 1]`
/// @param scope which tokens a text's loss is over
/// @param answers reads what a sample answers, without the reference
/// @param witness says which samples are right, for the record and the reader; nothing follows from it
/// @param recording of losses, ratings and what is selected
public record Iwsi(
        int samples,
        Filter filter,
        double share,
        Scope scope,
        Sampling sampling,
        Training training,
        Generator generator,
        AnswerReader answers,
        Likelihood likelihood,
        Judge witness,
        Recording recording,
        Learner learner) {
    private static final int ROUND = 1;

    public Iwsi {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "share must be in (0, 1] but was " + share + "; 0.8 keeps four of five, 1 all");
        }
    }

    /// @param base `M`: it draws, its losses are compared, and learning starts from it
    /// @return what it learned, or itself
    public Model run(Model base, Worked worked, List<Problem> questions, Run run) {
        Step step = run.step("sample", ROUND);
        List<Sample> drawn = generator.generate(base, prompts(questions, worked.shown()), step); // 1
        Votes votes = new Votes(drawn, answers); // 2
        MeanLoss loss = new MeanLoss(likelihood, base, scope);
        List<Candidate> candidates = candidates(loss, drawn, votes, step); // 3
        Losses losses = new Losses(loss.of(worked.validation(), run.step("human-loss", 0))); // 3
        Ranking ranking = new Ranking(recorded(filter), losses.mean()); // 4, 5
        List<Decision> decisions = recording
                .record("choice", Choice.of(votes, candidates, ranking, share, step))
                .select(witness.judge(Group.of(drawn), step), step); // 6
        SortedMap<String, Double> health = losses.health(decisions, votes, candidates);
        run.tell(new RunEvent.RoundHealth(ROUND, health));
        warn(health, run);

        Demonstrations kept = demonstrations(decisions, candidates, losses.mean());
        Model learned = kept.size() == 0
                ? base
                : learner.learn(Start.fresh(base), kept, new Objective.Sft(), training, run.step("learn", ROUND))
                        .model(); // 7
        run.offer(ROUND, learned);
        return learned;
    }

    private List<Prompt> prompts(List<Problem> questions, List<Message> shown) {
        return questions.stream()
                .map(question -> {
                    Prompt plain = Prompt.of(question, samples, sampling);
                    List<Message> seen = new ArrayList<>(shown);
                    seen.addAll(question.prompt());
                    return shown.isEmpty() ? plain : plain.showing(seen);
                })
                .toList();
    }

    private List<Candidate> candidates(MeanLoss loss, List<Sample> drawn, Votes votes, Step step) {
        List<Sample> consistent = drawn.stream().filter(votes::isConsistent).toList();
        List<Candidate> candidates = new ArrayList<>();
        for (Judged each : recording.record("loss", loss).judge(Group.of(consistent), step)) {
            if (each.verdict() instanceof Verdict.Rewarded(double mean, String _)) {
                candidates.add(new Candidate(each.sample(), -mean, votes.disagreement(each.sample())));
            }
        }
        return candidates;
    }

    /// With a judge that asks once.
    private Filter recorded(Filter given) {
        return given instanceof Filter.Rated(Judge judge) ? new Filter.Rated(recording.record("rating", judge)) : given;
    }

    private static void warn(SortedMap<String, Double> health, Run run) {
        if (health.getOrDefault("kept", 0.0) == 0) {
            String because = health.getOrDefault("answered", 0.0) == 0
                    ? "in no sample an answer can be read"
                    : "of no sample with an answer a loss or a rating can be told";
            run.tell(new RunEvent.Note(ROUND, because + ", so there is nothing to learn from"));
        }
        double correlation = health.getOrDefault("weight with length", 0.0);
        if (Math.abs(correlation) > Losses.LENGTH_FILTER) {
            run.tell(new RunEvent.Note(
                    ROUND, "DS weights rank samples by their length (Spearman " + correlation + "), not by much else"));
        }
    }

    private Demonstrations demonstrations(List<Decision> decisions, List<Candidate> candidates, double valid) {
        Map<String, Candidate> byId = candidates.stream()
                .collect(Collectors.toMap(each -> each.sample().id(), Function.identity()));
        List<Demonstration> kept = new ArrayList<>();
        for (Decision each : decisions) {
            Candidate candidate = byId.get(each.judged().sample().id());
            if (each.isKept() && candidate != null) {
                Demonstration plain = Demonstration.of(candidate.sample());
                kept.add(
                        filter instanceof Filter.Reweighted(double cap)
                                ? plain.withWeight(Math.min(cap, Weight.naive(valid, candidate.loss())))
                                : plain);
            }
        }
        return new Demonstrations(kept);
    }
}
