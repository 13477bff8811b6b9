package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// SmolLM2-135M-Instruct as a GGUF file, against what transformers makes of it.
class RealGgufTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private JsonNode expected = Json.object("{}", "nothing yet");

    @BeforeEach
    void find() {
        Path models = Path.of(System.getProperty("hone.shared", "../../shared"), "models");
        file = models.resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
        assumeTrue(Files.exists(file), "no shared/models/SmolLM2-135M-Instruct.Q4_1.gguf beside the repository");
        expected = Json.object(SafeFiles.text(models.resolve("smollm2-expected.json")), "smollm2-expected.json");
    }

    private static int[] ids(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    @Test
    void every_text_has_the_tokens_that_transformers_gives_it() throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            Path json = folder.resolve("tokenizer.json");
            Files.writeString(json, GgufTokenizer.of(gguf, 49152).json());
            try (TextTokenizer tokenizer = TextTokenizer.read(json)) {
                expected.path("tokenize").forEach(each -> {
                    String text = each.path("text").asString("");
                    assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids(each.path("ids")));
                    assertThat(tokenizer.decodeAll(ids(each.path("ids"))))
                            .isEqualTo(each.path("decoded").asString(""));
                });
            }
        }
    }
}
