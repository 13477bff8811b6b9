package dev.hone.store;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.Generator;
import dev.hone.run.Step;
import dev.hone.testkit.GeneratorContract;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// What is recorded, or read back, is what was drawn.
class RecordedGeneratorContractTest implements GeneratorContract {
    private final RecordedRun run;
    private final Generator generator;

    RecordedGeneratorContractTest(@TempDir Path folder) {
        run = new TestStore(folder).start();
        generator = run.record(
                new ScriptedGenerator((_, prompt, index, seed) -> prompt.seen().size() + "/" + index + "/" + seed),
                Phase.SAMPLE);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Model model() {
        return TestStore.BASE;
    }

    @Override
    public Problem problem() {
        return TestStore.PROBLEMS.getFirst();
    }

    @Override
    public List<String> texts() {
        return List.of("first", "then");
    }

    @Override
    public Step step() {
        return run.step("sample", 1);
    }
}
