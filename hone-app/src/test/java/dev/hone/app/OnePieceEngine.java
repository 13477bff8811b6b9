package dev.hone.app;

import dev.hone.app.wiring.Engine;
import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.judge.Judge;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Step;
import dev.hone.store.RecordedRun;
import java.nio.file.Path;
import java.util.List;

/// An engine that draws once or learns once, and stops its run at the next of these.
final class OnePieceEngine implements Engine {
    private final Engine whole;
    private boolean isSpent;

    OnePieceEngine(Engine whole) {
        this.whole = whole;
    }

    private void spend() {
        if (isSpent) {
            throw new HoneException(Kind.STOPPED, "a piece of work was done");
        }
        isSpent = true;
    }

    @Override
    public Generator generator() {
        return new Generator() {
            @Override
            public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
                spend();
                return whole.generator().generate(model, prompts, step);
            }
        };
    }

    @Override
    public Learner learner() {
        return new Learner() {
            @Override
            public <E extends Examples> Learned learn(
                    Start start, E examples, Objective<E> objective, Training training, Step step) {
                spend();
                return whole.learner().learn(start, examples, objective, training, step);
            }

            @Override
            public void release(Model model) {
                whole.learner().release(model);
            }
        };
    }

    @Override
    public Likelihood likelihood() {
        return whole.likelihood();
    }

    @Override
    public Judge graded(Model grading) {
        return whole.graded(grading);
    }

    @Override
    public Generator compared(Generator drawing, RecordedRun run) {
        return whole.compared(drawing, run);
    }

    @Override
    public Model given(Path path, String by) {
        return whole.given(path, by);
    }

    @Override
    public void ended() {
        whole.ended();
    }

    @Override
    public void close() {
        whole.close();
    }
}
