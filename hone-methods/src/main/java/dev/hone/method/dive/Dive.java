package dev.hone.method.dive;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.generate.Embedder;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.util.List;
import java.util.function.IntFunction;

/// Diversified iterative self-improvement: pairs of a right and a wrong sample of one's own, from all
/// rounds so far, picked to be different from each other; each round prefers the right ones, from the model
/// of the round before and compared with it.
///
/// **Paper** Qin et al. 2025, arXiv:2501.00747; card dive, "Algorithm"; `// n` marks the step.
/// **Departs** the first fine-tune (step 1) is the platform's warm start. What a judge cannot tell,
/// such as a sample that was cut short, is on neither side; the released code counts it as wrong. Of
/// samples of a side with the same wording the latest stays, but where all are paired
/// [as drawn][Selection.AsDrawn]. A side of fewer than 8 samples has no outliers, and neither has one whose
/// scores tie. How a Sentence-BERT model would embed is up to the embedder. The loss is the paper's
/// over `alpha`: the same optimum, under AdamW the same steps but for the clipping of gradients. How
/// long and how fast a round learns is its training's; the paper's is one pass at a rate that is for
/// large models. The last round's model is returned, and the platform measures every round's (step 3:
/// the best one). In a round without pairs (nothing right, nothing wrong, or one sample a question)
/// nothing is learned: the model of the round before is offered again, and the log says so.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `K` completions of every question, one pass over at most `P` pairs of each, and four
/// more over 256 of them to see how far they have come apart. The samples of all rounds are held in memory.
///
/// @param rounds `T`, at least 1
/// @param pooling `K`, and which samples are in the pool
/// @param selection of the pairs
/// @param pairs `P` of a question, at most, at least 1
/// @param training of each round
/// @param judge says with a full mark that a sample is right
/// @param embedder says how alike texts are
/// @param likelihood tells after each round how far pairs have come apart; nothing follows from it
/// @param recording of what is selected, and of that
public record Dive(
        int rounds,
        Pooling pooling,
        Selection selection,
        int pairs,
        Mixture mixture,
        Sampling sampling,
        Training training,
        Generator generator,
        Judge judge,
        Embedder embedder,
        Likelihood likelihood,
        Recording recording,
        Learner learner) {

    public Dive {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs must be at least 1 but was " + pairs);
        }
    }

    /// @param base `M_0`
    /// @param problems of a round, by its number from 1; every round asks those of the first, since a pool
    ///     needs the same questions again
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        List<Problem> questions = problems.apply(1);
        List<Pooled> pool = List.of();
        Model current = base; // 1
        for (int round = 1; round <= rounds; round++) { // 2
            Step step = run.step("sample", round);
            List<Pooled> drawn = draw(current, questions, round, step); // a
            pool = pooling.plus(pool, drawn); // b
            Paired paired = new Pairing(pairs, selection, embedder).of(pool, step); // b to f
            keepOnRecord(pool, paired, round, step);
            run.tell(new RunEvent.RoundHealth(round, new PairHealth(embedder).of(drawn, paired, round, step)));

            if (paired.pairs().isEmpty()) {
                run.tell(new RunEvent.Note(
                        round, "no problem has both a right and a wrong sample, so there is nothing to learn from"));
            } else {
                Model before = current;
                current = learner.learn(
                                Start.fresh(before),
                                paired.preferences(),
                                mixture.objective(),
                                training,
                                run.step("learn", round)) // g
                        .model();
                run.tell(new RunEvent.RoundHealth(
                        round,
                        new Margin(likelihood, recording, mixture.beta())
                                .of(paired.pairs(), current, before, round, run)));
            }
            run.offer(round, current);
        }
        return current; // 3
    }

    private List<Pooled> draw(Model model, List<Problem> questions, int round, Step step) {
        List<Prompt> prompts = questions.stream()
                .map(question -> Prompt.of(question, pooling.samples(round), sampling))
                .toList();
        return judge.judge(Group.of(generator.generate(model, prompts, step)), step).stream()
                .map(judged -> new Pooled(judged, round))
                .toList();
    }

    /// The order of the picks, by which they are paired, is not on record; it follows from the pool.
    private void keepOnRecord(List<Pooled> pool, Paired paired, int round, Step step) {
        Selector made = (_, _) -> paired.decisions();
        recording
                .record("pairs of round " + round, made)
                .select(pool.stream().map(Pooled::judged).toList(), step);
    }
}
