package dev.hone.app;

import dev.hone.app.wiring.Engine;
import dev.hone.data.Judged;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Verdict;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.store.RecordedRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// An engine whose models answer `1`, the learned ones more often; some arithmetic problems have it for an answer.
public record ScriptedEngine(Generator generator, Learner learner, Likelihood likelihood) implements Engine {

    /// To which all texts are alike.
    public ScriptedEngine(Generator generator, Learner learner) {
        this(generator, learner, new ScriptedLikelihood((_, _, _) -> -1));
    }

    static ScriptedEngine fresh() {
        return new ScriptedEngine(
                new ScriptedGenerator((model, prompt, index, seed) -> answer(model, seed)), new ScriptedLearner());
    }

    private static String answer(Model model, long seed) {
        boolean learned = model.lineage() instanceof Lineage.Learned;
        double sure = learned ? 0.9 : 0.5;
        return new SplittableRandom(seed).nextDouble() < sure ? "1" : "2";
    }

    /// Finds what is long right.
    @Override
    public Judge graded(Model grading) {
        return (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(
                        sample,
                        "scripted",
                        new Verdict.Scored(Math.min(1, sample.text().length() / 100.0), "long")))
                .toList();
    }

    @Override
    public Generator compared(Generator drawing, RecordedRun run) {
        return drawing;
    }

    @Override
    public Model given(Path folder, String by) {
        return new Model("base", folder.toUri(), new Lineage.Given(by));
    }

    @Override
    public void ended() {}

    @Override
    public void close() {}
}
