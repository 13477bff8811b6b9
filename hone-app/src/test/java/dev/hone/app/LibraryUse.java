package dev.hone.app;

import dev.hone.data.Model;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.generate.Generator;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Learner;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.method.star.RejectionFineTuning;
import dev.hone.run.Run;
import dev.hone.run.Seed;
import dev.hone.select.AtLeast;
import dev.hone.select.AtMost;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.task.Task;
import dev.hone.torch.BlendedGenerator;
import dev.hone.torch.LocalModels;
import dev.hone.torch.setting.LogitBlend;
import java.nio.file.Path;
import java.util.List;

/// What the README and the page on models show of Hone as a library; a test compares them, and another runs
/// the README's.
final class LibraryUse {
    private LibraryUse() {}

    // README
    static Model improve(Model base, Task task, Training training, Generator generator, Learner learner, Run run) {
        var method = new RejectionFineTuning(
                3, // rounds
                4, // samples a problem
                new Sampling(1.0, 48), // temperature, tokens at most
                new RoundPolicy(RoundPolicy.From.PREVIOUS, OptimizerState.FRESH, new RoundPolicy.Window.All()),
                training,
                generator,
                new ReferenceJudge(task.checkers()),
                InTurn.of(new AtLeast(1), new Distinct(), new AtMost(4)),
                learner);
        return method.run(base, round -> task.problems(Split.TRAIN, 3000, new Seed(1).derive(round)), run);
    }
    // README

    // models.md
    static Generator contrasted(LocalModels models, Path amateur) {
        Model weak = models.open(amateur);
        return BlendedGenerator.on(models, List.of(weak), LogitBlend.weighted(1.5, -0.5));
    }
    // models.md
}
