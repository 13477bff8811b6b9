package dev.hone.torch.gguf;

import dev.hone.torch.Tiny;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What tests read GGUF files for; `src/test/python/gguf_fixtures.py` made them.
public final class GgufFixtures {
    private GgufFixtures() {}

    static GgufFile file(String name) {
        return GgufFile.open(Tiny.resource("/gguf/" + name + ".gguf"));
    }

    /// @param folder where its `tokenizer.json` is written
    public static TextTokenizer tokenizer(String name, Path folder) throws IOException {
        try (GgufFile file = file(name)) {
            Path json = folder.resolve("tokenizer.json");
            Files.writeString(json, GgufTokenizer.of(file, 1000).json());
            return TextTokenizer.read(json);
        }
    }

    /// All that a conversion may write.
    public static List<JsonNode> preTokenizers() {
        return Arrays.stream(GgufSplitter.values())
                .map(splitter -> {
                    var root = JsonMapper.shared().createObjectNode();
                    splitter.put(root);
                    return root.path("pre_tokenizer");
                })
                .toList();
    }
}
