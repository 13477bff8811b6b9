package dev.hone.torch.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Adaptation.Lora;
import dev.hone.run.Seed;
import dev.hone.torch.Allowance;
import dev.hone.torch.ModelFacts;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.tokenizer.CharacterVocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Any text as one of the small JSON files of a model's directory, all others being in order: the model is looked
/// through, or refused.
class ConfigFuzzTest {
    /// For what Jazzer's hooks allocate in the engine of a chat template, seventy times what the engine does.
    private static final Allowance ALLOWANCE = new Allowance(32 << 20, 500, Duration.ofSeconds(2));

    /// The first byte of an input says which one it is.
    private static final List<String> FILES = List.of(
            "config.json",
            "generation_config.json",
            "tokenizer_config.json",
            "hone.json",
            "model.safetensors.index.json",
            PeftFiles.CONFIG);

    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    static Path folder;

    static Stream<byte[]> seeds() {
        String llama = "{\"model_type\":\"llama\",\"vocab_size\":25,\"hidden_size\":32,\"intermediate_size\":48,"
                + "\"num_hidden_layers\":2,\"num_attention_heads\":4,\"max_position_embeddings\":64,";
        return Stream.of(
                seed(
                        0,
                        llama + "\"tie_word_embeddings\":true,\"bos_token_id\":1,\"eos_token_id\":[2],"
                                + "\"rms_norm_eps\":1e-6,\"rope_theta\":10000.0,\"hidden_act\":\"silu\",\"head_dim\":8}"),
                seed(
                        0,
                        llama + "\"num_key_value_heads\":4,\"attention_bias\":false,\"mlp_bias\":false,"
                                + "\"rope_parameters\":{\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1,"
                                + "\"high_freq_factor\":4,\"original_max_position_embeddings\":64,\"rope_theta\":1e6}}"),
                seed(
                        0,
                        "{\"model_type\":\"qwen3\",\"use_sliding_window\":true,\"sliding_window\":16,"
                                + "\"layer_types\":[\"full_attention\"],\"max_window_layers\":3,\"partial_rotary_factor\":1}"),
                seed(0, llama + "\"quantization_config\":{\"quant_method\":\"gptq\"},\"rope_scaling\":null}"),
                seed(1, "{\"bos_token_id\":1,\"eos_token_id\":[2,3],\"pad_token_id\":0}"),
                seed(
                        2,
                        "{\"bos_token\":{\"content\":\"<s>\"},\"eos_token\":\"</s>\",\"chat_template\":"
                                + "[{\"name\":\"default\",\"template\":\"{{ bos_token }}{{ messages[0].content }}\"}]}"),
                seed(2, "{\"chat_template\":\"{% for m in messages %}{{ m.role }}: {{ m.content }}{% endfor %}\"}"),
                seed(3, "{\"version\":1,\"chat_template\":\"none\"}"),
                seed(
                        4,
                        "{\"metadata\":{\"total_size\":8},\"weight_map\":{\"model.norm.weight\":\"model.safetensors\"}}"),
                seed(
                        5,
                        "{\"peft_type\":\"LORA\",\"bias\":\"none\",\"r\":2,\"lora_alpha\":4,\"lora_dropout\":0.0,"
                                + "\"use_rslora\":false,\"use_dora\":false,\"modules_to_save\":null,\"target_modules\":"
                                + "[\"q_proj\",\"k_proj\",\"v_proj\",\"o_proj\",\"gate_proj\",\"up_proj\",\"down_proj\"]}"));
    }

    private static byte[] seed(int file, String json) {
        return ((char) file + json).getBytes(StandardCharsets.UTF_8);
    }

    /// A folder for each of the files, with a whole model.
    @BeforeAll
    static void make_models() throws IOException {
        DecoderConfig config = Tiny.config();
        var made = ModelDirectory.write(
                folder.resolve("models"),
                ModelDirectory.texts(config, CharacterVocabulary.of(Tiny.CHARACTERS)),
                RandomWeights.of(config, new Seed(1)));
        Lora lora = Lora.of(2, 4);
        var adapter = PeftFiles.named(LoraWeights.start(lora, config, new Seed(2)));
        for (String name : FILES) {
            Path copy = Files.createDirectories(folder.resolve(name));
            for (Path part : made.parts()) {
                Files.copy(part, copy.resolve(part.getFileName()));
            }
            Files.writeString(copy.resolve(PeftFiles.CONFIG), PeftFiles.config(lora, HeadKind.TOKENS_ONLY, "here"));
            Safetensors.write(copy.resolve(PeftFiles.WEIGHTS), adapter);
        }
        Path sharded = folder.resolve("model.safetensors.index.json");
        Files.move(sharded.resolve(WEIGHTS), sharded.resolve("model-1.safetensors"));
    }

    @Timeout(120)
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_text_is_read_or_refused(byte[] content) throws IOException {
        if (content.length == 0) {
            return;
        }
        String name = FILES.get((content[0] & 0xff) % FILES.size());
        Path model = folder.resolve(name);
        Files.write(model.resolve(name), Arrays.copyOfRange(content, 1, content.length));
        ALLOWANCE.holds(content.length, () -> read(model, name));
    }

    private static void read(Path folder, String name) {
        ModelDirectory directory = ModelDirectory.open(folder);
        if (name.equals(PeftFiles.CONFIG)) {
            PeftFiles.read(folder, directory.config());
            return;
        }
        ModelFacts.of(new Model(directory.id(), directory.path().toUri(), new Lineage.Given("a fuzzer")));
        TaughtFormat.check(directory, PromptFormat.of(directory));
        DecoderConfig again = DecoderConfig.parse(directory.config().toJson(), "config.json");
        if (!again.equals(directory.config())) {
            throw new AssertionError("written and read again, " + directory.config() + " is " + again);
        }
    }
}
