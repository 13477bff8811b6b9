package dev.hone.torch.file;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hone.torch.Allowance;
import java.io.IOException;
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

/// Any bytes as `model.safetensors`: every tensor that the header promises is read, or the file is refused.
class SafetensorsFuzzTest {
    /// The values in float32 are at most twice the file; a header of short names costs most.
    private static final Allowance ALLOWANCE = new Allowance(1 << 20, 200, Duration.ofSeconds(2));

    @TempDir
    Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                file("{}", 0),
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}", 16),
                file(
                        "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"BF16\",\"shape\":[3],"
                                + "\"data_offsets\":[0,6]},\"h\":{\"dtype\":\"F16\",\"shape\":[1,1,2],\"data_offsets\":[6,10]},"
                                + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[10,14]},"
                                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[14,14]}} ",
                        14));
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    @Timeout(120)
    @DictionaryEntries({
        "\"__metadata__\":{",
        "\"dtype\":\"BF16\"",
        "\"dtype\":\"F16\"",
        "\"dtype\":\"F32\"",
        "\"shape\":[",
        "\"data_offsets\":[",
        "2147483647",
        "9223372036854775807",
        "18446744073709551616",
        "1e400",
        "-1"
    })
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), content);
        ALLOWANCE.holds(content.length, () -> {
            Safetensors.read(file);
            Safetensors tensors = Safetensors.open(file);
            tensors.kinds().forEach((name, kind) -> readLaterRows(tensors, name, kind.shape()));
        });
    }

    private static void readLaterRows(Safetensors tensors, String name, List<Integer> shape) {
        if (shape.size() == 2) {
            int half = shape.getFirst() / 2;
            tensors.rows(name, half, shape.getFirst() - half);
        }
    }
}
