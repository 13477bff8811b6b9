package dev.hone.torch.gguf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hone.torch.Allowance;
import dev.hone.torch.Tiny;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a GGUF file: all that a conversion takes from it is read, or it is refused.
class GgufFuzzTest {
    /// A token of a vocabulary of pieces is cut at each of its characters, of which it may have a thousand.
    private static final Allowance ALLOWANCE = new Allowance(4 << 20, 2000, Duration.ofSeconds(2));

    private static final int ROWS_WITHOUT_EMBEDDING = 1000;

    @TempDir
    Path folder;

    static Stream<byte[]> seeds() throws IOException {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (String fixture : List.of("blocks", "smollm", "pieces", "llama", "llama31", "qwen25", "qwen3")) {
            seeds.add(Files.readAllBytes(Tiny.resource("/gguf/" + fixture + ".gguf")));
        }
        for (String model : List.of("gpt2", "llama")) {
            seeds.add(small(model));
        }
        return seeds.build();
    }

    /// A whole model in about a kilobyte: one layer, two numbers wide.
    private static byte[] small(String tokenizer) {
        var metadata = new ByteArrayOutputStream();
        int entries = 0;
        for (String entry : List.of(
                "general.architecture=llama",
                "tokenizer.ggml.model=" + tokenizer,
                "tokenizer.ggml.pre=llama-bpe",
                "tokenizer.chat_template={{ messages[0].content }}")) {
            metadata.writeBytes(text(entry.substring(0, entry.indexOf('='))));
            metadata.writeBytes(number(8));
            metadata.writeBytes(text(entry.substring(entry.indexOf('=') + 1)));
            entries++;
        }
        for (String entry : List.of(
                "llama.embedding_length=2",
                "llama.attention.head_count=1",
                "llama.context_length=8",
                "llama.feed_forward_length=2",
                "llama.block_count=1",
                "tokenizer.ggml.bos_token_id=0",
                "tokenizer.ggml.eos_token_id=1")) {
            metadata.writeBytes(text(entry.substring(0, entry.indexOf('='))));
            metadata.writeBytes(number(4));
            metadata.writeBytes(number(Integer.parseInt(entry.substring(entry.indexOf('=') + 1))));
            entries++;
        }
        metadata.writeBytes(text("llama.attention.layer_norm_rms_epsilon"));
        metadata.writeBytes(number(6));
        metadata.writeBytes(number(Float.floatToIntBits(1e-5f)));
        List<String> tokens = List.of("<s>", "</s>", "a", "b", "ab");
        array(
                metadata,
                "tokenizer.ggml.tokens",
                8,
                tokens.stream().map(GgufFuzzTest::text).toList());
        array(metadata, "tokenizer.ggml.merges", 8, List.of(text("a b")));
        array(
                metadata,
                "tokenizer.ggml.scores",
                6,
                tokens.stream().map(each -> number(0)).toList());
        array(
                metadata,
                "tokenizer.ggml.token_type",
                5,
                Stream.of(3, 3, 1, 1, 1).map(GgufFuzzTest::number).toList());
        return file(metadata.toByteArray(), entries + 5);
    }

    private static byte[] file(byte[] metadata, int entries) {
        List<String> square = List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46554747).putInt(3).putLong(11).putLong(entries).put(metadata);
        int at = 0;
        for (String name : square) {
            at = tensor(file, "blk.0." + name + ".weight", at, 2, 2);
        }
        at = tensor(file, "token_embd.weight", at, 2, 5);
        for (String name : List.of("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm")) {
            at = tensor(file, name + ".weight", at, 2);
        }
        int size = Math.ceilDiv(file.position(), 32) * 32 + at;
        return java.util.Arrays.copyOf(file.array(), size);
    }

    /// @return where the next one's data begin
    private static int tensor(ByteBuffer file, String name, int at, int... sizes) {
        file.put(text(name)).putInt(sizes.length);
        int bytes = 4;
        for (int size : sizes) {
            file.putLong(size);
            bytes *= size;
        }
        file.putInt(0).putLong(at);
        return at + Math.ceilDiv(bytes, 32) * 32;
    }

    private static void array(ByteArrayOutputStream to, String key, int type, List<byte[]> elements) {
        to.writeBytes(text(key));
        to.writeBytes(number(9));
        to.writeBytes(number(type));
        to.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(elements.size())
                .array());
        elements.forEach(to::writeBytes);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] text(String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    @Timeout(120)
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] content) {
        ALLOWANCE.holds(content.length, () -> {
            try (GgufFile file =
                    GgufFile.read(Path.of("some.gguf"), Arena.ofConfined(), MemorySegment.ofArray(content))) {
                if (file.tensors().containsKey("token_embd.weight")) {
                    readModel(file);
                } else {
                    file.tensors().values().forEach(GgufTensor::values);
                    readTokenizer(GgufTokenizer.of(file, ROWS_WITHOUT_EMBEDDING), 64);
                }
            }
        });
    }

    /// As [GgufConversion] does, without writing the weights.
    private void readModel(GgufFile file) {
        DecoderConfig config = GgufConfig.of(file);
        var weights = new GgufWeights(file, config);
        readTokenizer(GgufTokenizer.of(file, config.vocabulary()), config.context());
        DecoderConfig.parse(config.toJson(), "config.json");
        weights.kinds().keySet().forEach(weights::read);
    }

    private void readTokenizer(GgufTokenizer tokenizer, int context) {
        tokenizer.configJson(context);
        tokenizer.generationJson();
        Path json = folder.resolve("tokenizer.json");
        try {
            Files.writeString(json, tokenizer.json());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
        TextTokenizer.read(json).close();
    }
}
