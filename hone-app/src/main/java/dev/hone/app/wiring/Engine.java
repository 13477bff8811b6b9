package dev.hone.app.wiring;

import dev.hone.data.Model;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.store.RecordedRun;
import java.nio.file.Path;

/// What draws and learns in this process.
public interface Engine extends AutoCloseable {
    Generator generator();

    Learner learner();

    /// Scores texts as the learner computes.
    Likelihood likelihood();

    /// Judges by what a model was taught of right and wrong answers.
    ///
    /// @param grading of a [dev.hone.data.Verifier.Grading]
    Judge graded(Model grading);

    /// A generator that ends the run when what it draws is not what the learner would read.
    ///
    /// @param generator draws with [#generator], recorded or not
    /// @param run keeps how far both are apart
    Generator compared(Generator generator, RecordedRun run);

    /// A handle on a model that was given.
    ///
    /// @param path a Hugging Face folder, or a GGUF file
    /// @param by who gave it
    Model given(Path path, String by);

    /// A run has come to its end: what only a learner that goes on would need may be deleted.
    void ended();

    @Override
    void close();
}
