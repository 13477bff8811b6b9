package dev.hone.torch.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.Family;
import dev.hone.torch.model.Rope;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// GGUF files made by `src/test/python/gguf_fixtures.py`, and what can be wrong with one.
class GgufTest {

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(Tiny.resource("/gguf/" + name + ".gguf"));
    }

    private static JsonNode expected(String name) {
        return Json.object(SafeFiles.text(Tiny.resource("/gguf/" + name + ".json")), name);
    }

    private static String sha256(float[] values) throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }

    private static GgufFile open(byte[] content) {
        return GgufFile.read(Path.of("some.gguf"), Arena.ofConfined(), MemorySegment.ofArray(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q6_K"})
    void every_type_is_dequantised_to_the_bit_as_python_does(String type) throws NoSuchAlgorithmException {
        try (GgufFile file = GgufFixtures.file("blocks")) {
            GgufTensor tensor = Objects.requireNonNull(file.tensors().get(type));
            assertThat(tensor.type()).isEqualTo(GgufType.valueOf(type));
            assertThat(tensor.shape()).containsExactly(2, 256);
            float[] values = tensor.values();
            JsonNode first = expected("blocks").path(type).path("first");
            for (int i = 0; i < first.size(); i++) {
                assertThat(values[i]).isEqualTo((float) first.get(i).asDouble());
            }
            assertThat(sha256(values))
                    .isEqualTo(expected("blocks").path(type).path("sha256").asString(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31", "qwen25", "qwen3"})
    void every_parameter_is_what_transformers_holds(String name) throws NoSuchAlgorithmException {
        try (GgufFile file = GgufFixtures.file(name)) {
            DecoderConfig config = GgufConfig.of(file);
            var weights = new GgufWeights(file, config);
            JsonNode hashes = expected("models").path(name);
            assertThat(config.parameters().keySet()).containsExactlyInAnyOrderElementsOf(hashes.propertyNames());
            for (String parameter : config.parameters().keySet()) {
                assertThat(sha256(weights.read(parameter).values()))
                        .as(parameter)
                        .isEqualTo(hashes.path(parameter).asString(""));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"llama,LLAMA,8,true", "llama31,LLAMA,8,false", "qwen25,QWEN2,8,true", "qwen3,QWEN3,16,true"})
    void the_config_is_read_from_the_metadata(String name, Family family, int headSize, boolean tied) {
        try (GgufFile file = GgufFixtures.file(name)) {
            DecoderConfig config = GgufConfig.of(file);
            assertThat(config.family()).isEqualTo(family);
            assertThat(config.headSize()).isEqualTo(headSize);
            assertThat(config.tied()).isEqualTo(tied);
            assertThat(config.vocabulary()).isEqualTo(40);
            assertThat(config.keyValueHeads()).isEqualTo(2);
            assertThat(config.context()).isEqualTo(64);
            assertThat(config.normEpsilon()).isEqualTo(1e-5f);
            assertThat(config.specials()).isEqualTo(new DecoderConfig.Specials(1, 2, 0));
            Rope rope = name.equals("llama31") ? new Rope.Llama3(500000, 8, 1, 4, 64) : new Rope.Plain(10000);
            assertThat(config.rope()).hasSameClassAs(rope);
            assertThat(config.rope().inverseFrequencies(headSize)).isEqualTo(rope.inverseFrequencies(headSize));
        }
    }

    @Test
    void a_file_cut_anywhere_is_refused() throws IOException {
        byte[] whole = bytes("llama");
        for (int length = 0; length < whole.length; length += length < 4000 ? 1 : 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(cut))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("some.gguf");
        }
    }

    /// Whatever a byte of the header becomes, a file is read or refused, and what is allocated follows from its size.
    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31", "pieces"})
    void a_header_with_any_byte_changed_is_read_or_refused(String name) throws IOException {
        byte[] whole = bytes(name);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allowed = 200L * whole.length + (4 << 20);
        int refused = 0;
        for (int at = 0; at < Math.min(whole.length, 4000); at++) {
            for (int flip : new int[] {1, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) flip;
                long before = threads.getCurrentThreadAllocatedBytes();
                refused += readsAll(changed) ? 0 : 1;
                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as("bytes allocated with byte %d changed by %d", at, flip)
                        .isLessThan(allowed);
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static boolean readsAll(byte[] content) {
        try (GgufFile file = open(content)) {
            int rows = 1 << 20;
            if (!file.tensors().isEmpty()) {
                DecoderConfig config = GgufConfig.of(file);
                var weights = new GgufWeights(file, config);
                for (String parameter : config.parameters().keySet()) {
                    weights.read(parameter);
                }
                rows = config.vocabulary();
            }
            GgufTokenizer tokenizer = GgufTokenizer.of(file, rows);
            tokenizer.json();
            tokenizer.configJson(64);
            tokenizer.generationJson();
            return true;
        } catch (HoneException refused) {
            assertThat(refused.kind()).isEqualTo(HoneException.Kind.DATA);
            return false;
        }
    }

    /// Written with the metadata that a llama file needs, and `extra`.
    private static byte[] made(Map<String, Object> extra, String tensor, int type, long... sizes) {
        ByteBuffer file = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46554747).putInt(3).putLong(1).putLong(extra.size());
        extra.forEach((key, value) -> {
            text(file, key);
            switch (value) {
                case String words -> text(file.putInt(8), words);
                case Integer number -> file.putInt(4).putInt(number);
                case Float number -> file.putInt(6).putFloat(number);
                default -> throw new IllegalArgumentException(key);
            }
        });
        text(file, tensor);
        file.putInt(sizes.length);
        for (long size : sizes) {
            file.putLong(size);
        }
        file.putInt(type).putLong(0);
        return file.array();
    }

    private static void text(ByteBuffer file, String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        file.putLong(bytes.length).put(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        13  | 256 | type Q5_K is not supported; supported are F32
        16  | 256 | IQ2_XXS
        99  | 256 | number 99 is unknown
        12  | 200 | whole blocks of 256
        0   | 0   | at least 1
        0   | -1  | 18446744073709551615
        0   | 9223372036854775807 | at most
        0   | 4096 | data within
        """)
    void a_tensor_that_cannot_be_is_refused_by_what_is_wrong(int type, long size, String hint) {
        assertThatThrownBy(() -> open(made(Map.of(), "x", type, size)))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("tensor \"x\"")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mamba  | -                    | 0    | architecture "mamba" is not supported; supported are "llama"
        gemma3 | -                    | 0    | "gemma3"
        llama  | expert_count         | 8    | mixture of 8 experts
        llama  | attention.key_length | 30   | missing
        llama  | rope.dimension_count | 4    | rope.dimension_count is 4
        llama  | attention.sliding_window | 16 | sliding window of 16
        """)
    void a_model_that_is_not_supported_is_refused_by_name(String architecture, String key, int value, String hint) {
        var metadata = new TreeMap<String, Object>(Map.of(
                "general.architecture", architecture,
                "llama.embedding_length", 32,
                "llama.attention.head_count", 4,
                "llama.context_length", 64));
        metadata.put("llama." + key, value);
        assertThatThrownBy(() -> GgufConfig.of(open(made(metadata, "token_embd.weight", 0, 8, 4))))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining(hint);
    }

    @Test
    void a_scaling_of_positions_that_is_not_supported_is_refused_by_name() {
        var metadata = Map.<String, Object>of("llama.rope.scaling.type", "yarn", "llama.rope.scaling.factor", 4f);
        GgufFile file = open(made(metadata, "x", 0, 4));
        assertThatThrownBy(() -> new GgufRope(file, "llama", 8).read())
                .hasMessageContaining("\"yarn\" by 4.0 is not supported");
        GgufFile odd = open(made(Map.of(), "rope_freqs.weight", 0, 4));
        assertThatThrownBy(() -> new GgufRope(odd, "llama", 8).read()).hasMessageContaining("4 divisors");
    }

    @Test
    void tensors_may_not_overlap() throws IOException {
        byte[] content = bytes("blocks");
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int offset = text.indexOf("Q8_0") + 4 + 4 + 16 + 4;
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, 32);
        assertThatThrownBy(() -> open(content))
                .hasMessageContaining("begins at")
                .hasMessageContaining("got 32");
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, 33);
        assertThatThrownBy(() -> open(content)).hasMessageContaining("multiple of 32");
    }

    @Test
    void version_2_is_read_as_version_3_is() throws IOException {
        byte[] content = bytes("llama");
        content[4] = 2;
        try (GgufFile second = open(content);
                GgufFile third = GgufFixtures.file("llama")) {
            assertThat(second.tensors().keySet()).isEqualTo(third.tensors().keySet());
            assertThat(GgufConfig.of(second)).isEqualTo(GgufConfig.of(third));
        }
    }

    @Test
    void another_version_or_byte_order_is_refused_by_name() throws IOException {
        byte[] content = bytes("blocks");
        content[4] = 1;
        assertThatThrownBy(() -> open(content))
                .hasMessageContaining("version 1")
                .hasMessageContaining("2 and 3");
        content[4] = 0;
        content[7] = 3;
        assertThatThrownBy(() -> open(content)).hasMessageContaining("big-endian");
        content[0] = 'g';
        assertThatThrownBy(() -> open(content)).hasMessageContaining("does not begin with \"GGUF\"");
    }
}
