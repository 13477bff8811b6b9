package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real model from its GGUF file, against what transformers makes of it.
class RealParityTest {

    @Test
    void a_real_model_computes_what_transformers_does(@TempDir Path folder) {
        Path shared = Path.of(System.getProperty("hone.shared", "../../shared"), "models");
        Path file = shared.resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
        assumeTrue(Files.exists(file), "no shared/models/SmolLM2-135M-Instruct.Q4_1.gguf beside the repository");
        try (var models = Tiny.models(folder)) {
            List<Parity.Line> lines =
                    Parity.of(models.open(file), shared.resolve("smollm2-expected.json"), Tiny.device());
            assertThat(lines).hasSize(9).allMatch(Parity.Line::within);
        }
    }
}
