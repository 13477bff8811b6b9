package dev.hone.torch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.setting.StoredDtype;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private static byte[] bytes(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private void refuses(byte[] content, String hint) throws IOException {
        Files.write(file(), content);
        assertThatThrownBy(() -> Safetensors.read(file()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(hint);
    }

    @Test
    void what_is_written_is_read_back_and_the_bytes_do_not_depend_on_the_order() throws IOException {
        var a = new Weight(List.of(2, 3), new float[] {1, -2, 3.5f, Float.MIN_VALUE, 0, -0f});
        var b = new Weight(List.of(1), new float[] {7});
        Safetensors.write(file(), Map.of("a", a, "b", b));
        byte[] first = Files.readAllBytes(file());
        var read = Safetensors.read(file());
        assertThat(read.keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(read.get("a")).satisfies(weight -> {
            assertThat(weight.shape()).containsExactly(2, 3);
            assertThat(weight.values()).isEqualTo(a.values());
        });
        var other = new LinkedHashMap<String, Weight>();
        other.put("b", b);
        other.put("a", a);
        Safetensors.write(file(), other);
        assertThat(Files.readAllBytes(file())).isEqualTo(first);
        assertThat(SafeFiles.list(folder)).containsExactly(file());
    }

    @Test
    void a_text_beyond_what_any_text_needs_is_refused_before_it_is_read() throws IOException {
        Path text = folder.resolve("config.json");
        try (var file = new RandomAccessFile(text.toFile(), "rw")) {
            file.setLength(SafeFiles.LARGEST_TEXT + 1); // takes no room on disk
        }
        assertThatThrownBy(() -> SafeFiles.text(text))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("config.json has 268435457 bytes", "allowed for a text is 268435456");
    }

    @Test
    void a_file_cut_anywhere_is_refused() throws IOException {
        Safetensors.write(
                file(),
                Map.of("a", new Weight(List.of(4), new float[4]), "b", new Weight(List.of(3, 2), new float[6])));
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length), "bytes");
        }
        refuses(Arrays.copyOf(whole, whole.length + 1), "bytes of data");
    }

    @Test
    void a_header_that_lies_about_its_length_is_refused() throws IOException {
        for (long length : new long[] {-1, 0, 1, 1000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            byte[] content = bytes("{}", 8);
            ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            refuses(content, "header of " + length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | begins at
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}                                      | begins at 4
        {"a":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,16]}}                | at most
        {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,9223372036854775807]}}                     | within 16
        {"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}                                      | within 16
        {"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}                                     | sizes
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}                                      | 12 bytes
        {"a":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}}                                      | I64
        {"a":{"dtype":"F32","shape":"x","data_offsets":[0,16]}}                                      | data_offsets
        {"a":{"dtype":"F32","shape":[4]}}                                                            | data_offsets
        {"a":7}                                                                                      | dtype
        [1,2]                                                                                        | object
        {"a":                                                                                        | JSON
        """)
    void a_header_that_lies_is_refused(String header, String hint) throws IOException {
        refuses(bytes(header, 16), hint);
    }

    @Test
    void half_precision_comes_out_as_float32() throws IOException {
        byte[] content = bytes(
                "{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
                8);
        ByteBuffer data = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int at = content.length - 8;
        data.putShort(at, (short) 0x3fc0).putShort(at + 2, (short) 0xc000); // 1.5, -2
        data.putShort(at + 4, (short) 0x3e00).putShort(at + 6, (short) 0xc000); // 1.5, -2
        Files.write(file(), content);
        for (Weight weight : Safetensors.read(file()).values()) {
            assertThat(weight.values()).containsExactly(1.5f, -2f);
        }
    }

    @Test
    void shards_are_read_by_their_index() throws IOException {
        Safetensors.write(folder.resolve("s-1.safetensors"), Map.of("a", new Weight(List.of(1), new float[] {1})));
        Safetensors.write(folder.resolve("s-2.safetensors"), Map.of("b", new Weight(List.of(1), new float[] {2})));
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\":{\"a\":\"s-1.safetensors\",\"b\":\"s-2.safetensors\"}}");
        assertThat(Shards.open(folder).kinds().keySet()).containsExactlyInAnyOrder("a", "b");
        Files.writeString(index, "{\"weight_map\":{\"a\":\"s-1.safetensors\",\"c\":\"s-2.safetensors\"}}");
        assertThatThrownBy(() -> Shards.open(folder)).hasMessageContaining("\"c\" is not in");
        Files.writeString(index, "{\"weight_map\":{\"a\":\"../s-1.safetensors\"}}");
        assertThatThrownBy(() -> Shards.open(folder)).hasMessageContaining("../s-1");
    }

    @ParameterizedTest
    @EnumSource(StoredDtype.class)
    void rounding_is_that_of_the_file_and_happens_once(StoredDtype dtype) {
        float[] values = {
            0f,
            -0f,
            1f,
            1 + 0.5f / 128,
            1 + 1.5f / 128,
            1f / 3,
            -65504f,
            1e-7f,
            3e38f,
            Float.MIN_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NaN,
            Float.intBitsToFloat(0x7f800001)
        };
        Safetensors.write(
                folder.resolve("a.safetensors"),
                Tensors.of(Map.of("a", new Weight(List.of(values.length), values))),
                List.of("a"),
                dtype);
        float[] got =
                Safetensors.open(folder.resolve("a.safetensors")).read("a").values();
        for (int i = 0; i < values.length; i++) {
            assertThat(Float.valueOf(got[i]))
                    .isEqualTo(Float.valueOf(dtype.rounded(values[i])))
                    .isEqualTo(Float.valueOf(dtype.rounded(got[i])));
        }
        assertThat(got[11]).isNaN();
        assertThat(got[12]).isNaN();
    }

    @Test
    void ties_go_to_even() {
        // bfloat16 has steps of 2^-7 above 1: half of one goes down from even, up from odd
        assertThat(StoredDtype.BF16.rounded(1 + 0.5f / 128)).isEqualTo(1f);
        assertThat(StoredDtype.BF16.rounded(1 + 1.5f / 128)).isEqualTo(1 + 2f / 128);
        assertThat(StoredDtype.BF16.rounded(1 + 0.51f / 128)).isEqualTo(1 + 1f / 128);
        assertThat(StoredDtype.BF16.rounded(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        // float16 has steps of 2^-10 above 1
        assertThat(StoredDtype.F16.rounded(1 + 0.5f / 1024)).isEqualTo(1f);
        assertThat(StoredDtype.F16.rounded(1 + 1.5f / 1024)).isEqualTo(1 + 2f / 1024);
        assertThat(StoredDtype.F16.rounded(65520f)).isEqualTo(Float.POSITIVE_INFINITY);
    }
}
