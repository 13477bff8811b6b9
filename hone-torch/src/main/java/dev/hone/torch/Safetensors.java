package dev.hone.torch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The safetensors format: 8 bytes of header length, a JSON header, then raw little-endian values.
///
/// Reading believes nothing: lengths, offsets, overlaps, dtypes and shapes are checked against the file before anything
/// is allocated. F32, BF16 and F16 come out as float32. Writing is deterministic and never leaves half a
/// file.
final class Safetensors {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_HEADER = 100_000_000;
    private static final int CHUNK_BYTES = 1 << 22;

    private Safetensors() {}

    private record Entry(String name, String dtype, List<Integer> shape, long begin, long end) {
        int width() {
            return dtype.equals("F32") ? 4 : 2;
        }
    }

    /// Reads `model.safetensors` of a directory, or all shards that `model.safetensors.index.json` names.
    static SequencedMap<String, Weight> readDirectory(Path directory) {
        Path index = directory.resolve("model.safetensors.index.json");
        Path single = directory.resolve("model.safetensors");
        if (Files.exists(single) || !Files.exists(index)) {
            return read(single);
        }
        JsonNode map = Json.object(SafeFiles.text(index), index.toString()).path("weight_map");
        var shards = new TreeSet<String>();
        map.properties().forEach(entry -> shards.add(entry.getValue().asString("")));
        var all = new LinkedHashMap<String, Weight>();
        for (String shard : shards) {
            if (shard.contains("/") || shard.contains("\\") || !shard.endsWith(".safetensors")) {
                throw Fault.data(
                        index + ": shard \"" + shard + "\" is not a .safetensors file name", "correct the index");
            }
            read(directory.resolve(shard)).forEach((name, weight) -> {
                if (map.path(name).asString("").equals(shard)) {
                    all.put(name, weight);
                }
            });
        }
        map.properties().forEach(entry -> {
            if (!all.containsKey(entry.getKey())) {
                throw Fault.data(
                        index + ": \"" + entry.getKey() + "\" is not in "
                                + entry.getValue().asString(""),
                        "fetch the model again");
            }
        });
        return all;
    }

    static SequencedMap<String, Weight> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Fault.data(file + " is missing", "point to a directory with model.safetensors");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long headerLength = size < 8 ? -1 : exactly(channel, 0, 8).getLong();
            if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > size - 8) {
                throw Fault.data(
                        file + ": header of " + headerLength + " bytes in a file of " + size
                                + " bytes; allowed is 2 to min(" + LARGEST_HEADER + ", file size - 8)",
                        "fetch the file again, it is cut or not safetensors");
            }
            String header = StandardCharsets.UTF_8
                    .decode(exactly(channel, 8, (int) headerLength))
                    .toString();
            long dataStart = 8 + headerLength;
            List<Entry> entries = entries(Json.object(header, file + " header"), file, size - dataStart);
            var weights = new LinkedHashMap<String, Weight>();
            for (Entry entry : entries) {
                weights.put(entry.name(), load(channel, dataStart, entry));
            }
            return weights;
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
    }

    private static List<Entry> entries(JsonNode header, Path file, long dataBytes) {
        var entries = new ArrayList<Entry>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.add(entry(field.getKey(), field.getValue(), file, dataBytes));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin() != expected) {
                throw wrong(file, entry.name(), "data begins at " + expected, "begins at " + entry.begin());
            }
            expected = entry.end();
        }
        if (expected != dataBytes) {
            throw Fault.data(
                    file + ": tensors need " + expected + " bytes of data but there are " + dataBytes,
                    "fetch the file again, it is cut or has a wrong header");
        }
        return entries;
    }

    private static Entry entry(String name, JsonNode node, Path file, long dataBytes) {
        String dtype = node.path("dtype").asString("");
        if (!dtype.equals("F32") && !dtype.equals("BF16") && !dtype.equals("F16")) {
            throw wrong(file, name, "dtype F32, BF16 or F16", "\"" + dtype + "\"");
        }
        var shape = new ArrayList<Integer>();
        long values = 1;
        for (JsonNode size : node.path("shape")) {
            if (!size.isIntegralNumber() || !size.canConvertToInt() || size.asInt() < 0) {
                throw wrong(file, name, "sizes from 0 to " + Integer.MAX_VALUE, "shape " + node.path("shape"));
            }
            shape.add(size.asInt());
            values *= size.asInt();
            if (values > Integer.MAX_VALUE - 8) {
                throw wrong(
                        file, name, "at most " + (Integer.MAX_VALUE - 8) + " values", "shape " + node.path("shape"));
            }
        }
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("shape").isArray()
                || offsets.size() != 2
                || !offsets.get(0).isIntegralNumber()
                || !offsets.get(1).isIntegralNumber()
                || !offsets.get(0).canConvertToLong()
                || !offsets.get(1).canConvertToLong()) {
            throw wrong(file, name, "a shape and two data_offsets", node.toString());
        }
        var entry = new Entry(
                name, dtype, shape, offsets.get(0).asLong(), offsets.get(1).asLong());
        if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() > dataBytes) {
            throw wrong(file, name, "offsets within " + dataBytes + " bytes of data", offsets.toString());
        }
        if (entry.end() - entry.begin() != values * entry.width()) {
            throw wrong(file, name, values * entry.width() + " bytes for " + dtype + shape, "data_offsets " + offsets);
        }
        return entry;
    }

    private static RuntimeException wrong(Path file, String tensor, String expected, String got) {
        return Fault.data(
                file + ": tensor \"" + tensor + "\": expected " + expected + ", got " + got,
                "fetch the file again, it is cut or damaged");
    }

    private static Weight load(FileChannel channel, long dataStart, Entry entry) throws IOException {
        float[] values = new float[(int) ((entry.end() - entry.begin()) / entry.width())];
        int perChunk = CHUNK_BYTES / entry.width();
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            ByteBuffer bytes =
                    exactly(channel, dataStart + entry.begin() + (long) from * entry.width(), count * entry.width());
            switch (entry.dtype()) {
                case "F32" -> bytes.asFloatBuffer().get(values, from, count);
                case "BF16" -> {
                    for (int i = 0; i < count; i++) {
                        values[from + i] = Float.intBitsToFloat(bytes.getShort() << 16);
                    }
                }
                default -> {
                    for (int i = 0; i < count; i++) {
                        values[from + i] = Float.float16ToFloat(bytes.getShort());
                    }
                }
            }
        }
        return new Weight(entry.shape(), values);
    }

    private static ByteBuffer exactly(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /// Writes float32 tensors, sorted by name: the same weights give the same bytes.
    static void write(Path file, Map<String, Weight> weights) {
        var sorted = new TreeMap<>(weights);
        ObjectNode header = JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long at = 0;
        for (var entry : sorted.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", "F32");
            entry.getValue().shape().forEach(node.putArray("shape")::add);
            long end = at + 4L * entry.getValue().values().length;
            node.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        String json = JSON.writeValueAsString(header);
        byte[] text = (json + " ".repeat(Math.floorMod(-json.getBytes(StandardCharsets.UTF_8).length, 8)))
                .getBytes(StandardCharsets.UTF_8);
        SafeFiles.replace(file, channel -> {
            ByteBuffer head = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, head.putLong(text.length).put(text).flip());
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (Weight weight : sorted.values()) {
                float[] values = weight.values();
                for (int from = 0; from < values.length; from += CHUNK_BYTES / 4) {
                    int count = Math.min(CHUNK_BYTES / 4, values.length - from);
                    chunk.clear().asFloatBuffer().put(values, from, count);
                    writeFully(channel, chunk.limit(4 * count));
                }
            }
        });
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
