package dev.hone.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Shards;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.setting.StoredDtype;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DirectoryWriterTest {
    private static final int[] PROBE = {5, 1, 60, 33, 96, 7};

    @TempDir
    Path folder;

    private static ModelDirectory fixture(String name) {
        return ModelDirectory.open(Tiny.resource("/parity/" + name));
    }

    private static double[][] logits(ModelDirectory model) {
        return new PlainDecoder(model.config(), model.tensors()).logits(PROBE);
    }

    private List<String> files(Path directory) {
        return SafeFiles.list(directory).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void saved_and_loaded_the_logits_are_the_same(String name) {
        ModelDirectory model = fixture(name);
        for (long shard : new long[] {Shards.LARGEST, 100_000, 1}) {
            Path out = folder.resolve("of-" + shard);
            assertThat(new DirectoryWriter(StoredDtype.F32, shard).to(out, model.texts(), model.tensors()))
                    .isZero();
            assertThat(ModelDirectory.open(out).config()).isEqualTo(model.config());
            assertThat(logits(ModelDirectory.open(out))).isDeepEqualTo(logits(model));
        }
    }

    @Test
    void shards_and_their_index_are_as_transformers_writes_them() {
        ModelDirectory model = fixture("qwen2");
        Path out = folder.resolve("out");
        new DirectoryWriter(StoredDtype.F32, 100_000).to(out, model.texts(), model.tensors());
        assertThat(files(out))
                .containsExactly(
                        "config.json",
                        "expected.json",
                        "generation_config.json",
                        "model-00001-of-00003.safetensors",
                        "model-00002-of-00003.safetensors",
                        "model-00003-of-00003.safetensors",
                        "model.safetensors.index.json");
        JsonNode index = Json.object(SafeFiles.text(out.resolve("model.safetensors.index.json")), "index");
        long values = model.config().parameters().values().stream()
                .mapToLong(Weight::count)
                .sum();
        assertThat(index.at("/metadata/total_size").asLong()).isEqualTo(4 * values);
        assertThat(index.at("/metadata/total_parameters").asLong()).isEqualTo(values);
        var homes = new LinkedHashMap<String, String>();
        index.path("weight_map")
                .properties()
                .forEach(each -> homes.put(each.getKey(), each.getValue().asString()));
        assertThat(homes.keySet())
                .containsExactlyInAnyOrderElementsOf(model.config().parameters().keySet());
        for (String shard : new java.util.TreeSet<>(homes.values())) {
            assertThat(homes)
                    .allSatisfy((tensor, home) -> assertThat(
                                    Safetensors.open(out.resolve(shard)).kinds().containsKey(tensor))
                            .isEqualTo(home.equals(shard)));
        }
    }

    @ParameterizedTest
    @CsvSource({"BF16, bfloat16, 0.05", "F16, float16, 0.005"})
    void a_narrower_type_is_said_and_its_cost_told(StoredDtype dtype, String word, double worst) throws IOException {
        ModelDirectory model = fixture("qwen3");
        Path out = folder.resolve("out");
        double off = new DirectoryWriter(dtype, Shards.LARGEST).to(out, model.texts(), model.tensors());
        ModelDirectory made = ModelDirectory.open(out);
        assertThat(off).isPositive().isLessThan(worst);
        assertThat(off).isCloseTo(Distance.relative(probeLogits(model), probeLogits(made)), within(1e-12));
        assertThat(made.tensors().dtype()).isEqualTo(dtype);
        assertThat(Files.size(made.path().resolve("model.safetensors")))
                .isLessThan(Files.size(model.path().resolve("model.safetensors")) * 6 / 10);
        JsonNode config = Json.object(SafeFiles.text(made.path().resolve("config.json")), "config");
        assertThat(config.path("dtype").asString("")).isEqualTo(word);
        assertThat(config.path("torch_dtype").asString("")).isEqualTo(word);
        Path again = folder.resolve("again");
        assertThat(new DirectoryWriter(dtype, Shards.LARGEST).to(again, made.texts(), made.tensors()))
                .isZero();
        assertThat(ModelDirectory.open(again).id()).isEqualTo(made.id());
    }

    /// A model as learning leaves it: an adapter merged and beside it, a value head in a file of its own.
    private Path learned() throws IOException {
        Path learned = folder.resolve("learned");
        Files.createDirectories(learned.resolve("adapter"));
        for (Path file : fixture("llama").parts()) {
            Files.copy(file, learned.resolve(file.getFileName()));
        }
        var numbers = new Weight(List.of(1, 3), new float[] {1 / 3f, -1e-30f, 7});
        Safetensors.write(learned.resolve("value_head.safetensors"), Map.of("score.weight", numbers));
        Safetensors.write(learned.resolve("adapter/adapter_model.safetensors"), Map.of("lora", numbers));
        Files.writeString(learned.resolve("adapter/adapter_config.json"), "{}");
        Files.writeString(learned.resolve("adapter/notes.txt"), "not a part of it");
        return learned;
    }

    @ParameterizedTest
    @EnumSource(StoredDtype.class)
    void an_adapter_and_a_value_head_come_along_byte_for_byte(StoredDtype dtype) throws IOException {
        Path learned = learned();
        Path out = folder.resolve("out");
        new DirectoryWriter(dtype, Shards.LARGEST).copy(ModelDirectory.open(learned), out);
        for (String name :
                List.of("value_head.safetensors", "adapter/adapter_model.safetensors", "adapter/adapter_config.json")) {
            assertThat(out.resolve(name)).hasSameBinaryContentAs(learned.resolve(name));
        }
        assertThat(files(out.resolve("adapter"))).containsExactly("adapter_config.json", "adapter_model.safetensors");
        assertThat(files(out)).containsAll(files(fixture("llama").path()));
    }

    @Test
    void a_value_head_that_is_cut_is_named_and_nothing_is_written() throws IOException {
        Path learned = learned();
        Files.write(learned.resolve("value_head.safetensors"), new byte[5]);
        ModelDirectory model = ModelDirectory.open(learned);
        assertThatThrownBy(() -> DirectoryWriter.exact().copy(model, folder.resolve("out")))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("value_head.safetensors");
        assertThat(files(folder)).containsExactly("learned");
    }

    /// The text that an export is checked with.
    private static double[][] probeLogits(ModelDirectory model) {
        int[] ids = {7919 % 97, 2 * 7919 % 97, 3 * 7919 % 97, 4 * 7919 % 97};
        return new PlainDecoder(model.config(), model.tensors()).logits(ids);
    }

    @Test
    void what_hone_does_not_know_of_a_config_is_kept() throws IOException {
        ModelDirectory model = fixture("qwen2");
        Map<String, String> texts = new LinkedHashMap<>(model.texts());
        String config = SafeFiles.text(model.path().resolve("config.json"));
        texts.put(
                "config.json",
                config.replaceFirst("\\{", "{\"eos_token_id\": [2, 5], \"note\": \"mine\",")
                        .replace("\"eos_token_id\": 2,", ""));
        Path out = folder.resolve("out");
        DirectoryWriter.exact().to(out, texts, model.tensors());
        JsonNode root = Json.object(SafeFiles.text(out.resolve("config.json")), "config");
        assertThat(root.path("note").asString("")).isEqualTo("mine");
        assertThat(root.path("eos_token_id").size()).isEqualTo(2);
        assertThat(root.path("transformers_version").asString("")).isNotEmpty();
    }

    private static SequencedMap<String, Weight> with(ModelDirectory model, String name, float value) {
        var weights = model.weights();
        Weight old = weights.getOrDefault(name, new Weight(List.of(1), new float[1]));
        float[] values = old.values().clone();
        values[0] = value;
        weights.put(name, new Weight(old.shape(), values));
        return weights;
    }

    @Test
    void what_cannot_be_meant_is_refused_and_leaves_nothing() {
        ModelDirectory model = fixture("llama");
        String name = "model.layers.1.mlp.up_proj.weight";
        assertThatThrownBy(() -> new DirectoryWriter(StoredDtype.F16, Shards.LARGEST)
                        .to(folder.resolve("out"), model.texts(), Tensors.of(with(model, name, 70000f))))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("70000.0, beyond the range of float16");
        assertThatThrownBy(() -> DirectoryWriter.exact()
                        .to(folder.resolve("out"), model.texts(), Tensors.of(with(model, name, Float.NaN))))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("NaN")
                .hasMessageContaining("finite");
        var without = model.weights();
        without.remove(name);
        assertThatThrownBy(() -> DirectoryWriter.exact().to(folder.resolve("out"), model.texts(), Tensors.of(without)))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("missing \"" + name + "\"");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void a_folder_with_something_in_it_is_not_written_over() throws IOException {
        ModelDirectory model = fixture("llama");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> DirectoryWriter.exact().to(folder, model.texts(), model.tensors()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("is not empty");
        assertThat(files(folder)).containsExactly("notes.txt");
    }

    @Test
    void what_somebody_puts_there_in_the_meantime_stays() throws IOException {
        ModelDirectory model = fixture("llama");
        Path out = Files.createDirectory(folder.resolve("out"));
        Tensors first = model.tensors();
        Tensors slow = new Tensors() {
            @Override
            public SequencedMap<String, Kind> kinds() {
                return first.kinds();
            }

            @Override
            public Weight read(String name) {
                try {
                    Files.writeString(out.resolve("notes.txt"), "mine");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return first.read(name);
            }
        };
        assertThatThrownBy(() -> DirectoryWriter.exact().to(out, model.texts(), slow))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("out is not empty");
        assertThat(out.resolve("notes.txt")).hasContent("mine");
        assertThat(files(folder)).containsExactly("out");
    }

    @Test
    void an_empty_folder_is_taken() throws IOException {
        ModelDirectory model = fixture("llama");
        Path out = Files.createDirectory(folder.resolve("out"));
        DirectoryWriter.exact().to(out, model.texts(), model.tensors());
        assertThat(logits(ModelDirectory.open(out))).isDeepEqualTo(logits(model));
        assertThat(files(folder)).containsExactly("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"architectures\": [\"Qwen2Model\"],"})
    void a_head_is_told_by_the_family_whatever_the_config_calls_the_model(String beginning) {
        String config = beginning + "\"model_type\": \"qwen2\"}";
        assertThat(HeadKind.REWARD.config(config, "config.json")).contains("\"Qwen2ForSequenceClassification\"");
        assertThat(HeadKind.STEPS.config(config, "config.json")).contains("\"Qwen2ForTokenClassification\"");
        assertThat(HeadKind.VALUE.config(config, "config.json")).contains("\"Qwen2ForCausalLM\"");
    }

    @Test
    void a_disk_that_gives_back_something_else_is_noticed() {
        ModelDirectory model = fixture("llama");
        Tensors first = model.tensors();
        int[] reads = new int[1];
        Tensors changing = new Tensors() {
            @Override
            public SequencedMap<String, Kind> kinds() {
                return first.kinds();
            }

            @Override
            public Weight read(String name) {
                Weight weight = first.read(name);
                if (name.equals("model.norm.weight") && reads[0]++ == 0) {
                    float[] flipped = weight.values().clone();
                    flipped[7] = Float.intBitsToFloat(Float.floatToRawIntBits(flipped[7]) ^ 1);
                    return new Weight(weight.shape(), flipped); // what is written differs in one bit
                }
                return weight;
            }
        };
        assertThatThrownBy(() -> DirectoryWriter.exact().to(folder.resolve("out"), model.texts(), changing))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("model.norm.weight")
                .hasMessageContaining("at place 7");
    }
}
