package dev.hone.method.dsweight;

import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Samples for tests: what stands before the first blank is the answer, and `-` none.
final class Drawn {
    static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);

    private Drawn() {}

    /// Of one problem.
    static List<Sample> texts(String... texts) {
        return new ScriptedGenerator((_, _, index, _) -> texts[index])
                .generate(
                        Problems.model("base"),
                        List.of(Prompt.of(Problems.numbered(1).getFirst(), texts.length, new Sampling(1, 40))),
                        STEP);
    }

    static Optional<String> answer(Sample sample) {
        return Optional.of(sample.text().split(" ", 2)[0]).filter(answer -> !answer.equals("-"));
    }
}
