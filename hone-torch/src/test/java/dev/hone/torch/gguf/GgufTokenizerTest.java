package dev.hone.torch.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tokenizers from GGUF metadata against those that Python builds (`src/test/python/gguf_fixtures.py`).
class GgufTokenizerTest {
    @TempDir
    Path folder;

    private TextTokenizer tokenizer(String fixture) throws IOException {
        return GgufFixtures.tokenizer(fixture, folder);
    }

    private static JsonNode expected() {
        return Json.object(SafeFiles.text(Tiny.resource("/gguf/tokenizers.json")), "tokenizers.json");
    }

    private static int[] ids(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static void agrees(TextTokenizer tokenizer, JsonNode expected) {
        JsonNode texts = expected().path("texts");
        assertThat(expected.size()).isEqualTo(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).asString("");
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids(expected.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "gpt-2", "llama-bpe", "qwen2", "tekken"})
    void bytes_are_split_and_merged_as_the_named_pre_tokenizer_says(String pre) throws IOException {
        try (TextTokenizer tokenizer = tokenizer(pre)) {
            agrees(tokenizer, expected().path("bytes").path(pre));
        }
    }

    @Test
    void the_pre_tokenizers_differ_on_these_texts() {
        JsonNode bytes = expected().path("bytes");
        assertThat(bytes.valueStream().distinct().count()).isEqualTo(bytes.size());
    }

    @Test
    void sentence_pieces_are_merged_by_score_and_the_rest_is_bytes() throws IOException {
        try (TextTokenizer tokenizer = tokenizer("pieces")) {
            agrees(tokenizer, expected().path("pieces"));
            assertThat(tokenizer.decode(tokenizer.encode("the boxes  gives ü"))).isEqualTo("the boxes  gives ü");
        }
    }

    @Test
    void an_unknown_pre_tokenizer_is_refused_by_name_with_those_that_are_known() throws IOException {
        byte[] content = Files.readAllBytes(Tiny.resource("/gguf/smollm.gguf"));
        int at = new String(content, StandardCharsets.ISO_8859_1).lastIndexOf("smollm");
        content[at] = 'x';
        try (GgufFile file = GgufFile.read(Path.of("some.gguf"), Arena.ofConfined(), MemorySegment.ofArray(content))) {
            assertThatThrownBy(() -> GgufTokenizer.of(file, 1000).json())
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("\"xmollm\"")
                    .hasMessageContaining("smollm, llama-bpe, llama3, qwen2, gpt-2, default, tekken");
        }
    }
}
