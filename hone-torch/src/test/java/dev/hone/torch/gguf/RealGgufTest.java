package dev.hone.torch.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Role;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.PromptFormat;
import dev.hone.torch.model.PromptWriter;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.template.ChatTemplate;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    @Test
    void every_chat_has_the_text_and_the_tokens_that_transformers_gives_it() throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            var tokenizer = GgufTokenizer.of(gguf, 49152);
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
            Files.writeString(folder.resolve("tokenizer_config.json"), tokenizer.configJson(8192));
        }
        PromptFormat format = new PromptFormat.Chat(ChatTemplate.read(folder).orElseThrow());
        try (TextTokenizer tokenizer = TextTokenizer.read(folder.resolve("tokenizer.json"));
                var writer = new PromptWriter(tokenizer, format, SpecialText.TEXT)) {
            assertThat(format.turnEnd(tokenizer)).hasValue(2);
            expected.path("chat").forEach(chat -> {
                List<Message> messages = chat.path("messages")
                        .valueStream()
                        .map(RealGgufTest::message)
                        .toList();
                assertThat(writer.text(messages)).isEqualTo(chat.path("text").asString(""));
                assertThat(writer.prompt(messages)).isEqualTo(ids(chat.path("ids")));
            });
        }
    }

    private static Message message(JsonNode message) {
        Role role = Role.valueOf(message.path("role").asString("").toUpperCase(Locale.ROOT));
        return new Message(role, List.of(new Part.Text(message.path("content").asString(""))));
    }
}
