package dev.hone.torch.file;

import dev.hone.torch.setting.StoredDtype;
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
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A file in the safetensors format: 8 bytes of header length, a JSON header, then raw little-endian values.
///
/// Reading believes nothing: lengths, offsets, overlaps, dtypes and shapes are checked against the
/// file before anything is allocated. Writing is deterministic and never leaves half a file. Either
/// way one tensor is in memory, and a quarter of a megabyte of the file.
public final class Safetensors implements Tensors {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_HEADER = 100_000_000;
    private static final int CHUNK_BYTES = 1 << 18;

    private final Path file;
    private final long dataStart;
    private final SequencedMap<String, Entry> entries;

    private record Entry(String name, Kind kind, long begin, long end) {}

    private Safetensors(Path file, long dataStart, SequencedMap<String, Entry> entries) {
        this.file = file;
        this.dataStart = dataStart;
        this.entries = entries;
    }

    /// Reads and checks the header.
    public static Safetensors open(Path file) {
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
            var entries = new LinkedHashMap<String, Entry>();
            for (Entry entry : entries(Json.object(header, file + " header"), file, size - dataStart)) {
                entries.put(entry.name(), entry);
            }
            return new Safetensors(file, dataStart, entries);
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
    }

    /// All tensors of a file.
    public static SequencedMap<String, Weight> read(Path file) {
        Safetensors tensors = open(file);
        var weights = new LinkedHashMap<String, Weight>();
        tensors.entries.keySet().forEach(name -> weights.put(name, tensors.read(name)));
        return weights;
    }

    @Override
    public SequencedMap<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        entries.forEach((name, entry) -> kinds.put(name, entry.kind()));
        return kinds;
    }

    @Override
    public Weight read(String name) {
        Entry entry = entry(name);
        long count = (entry.end() - entry.begin()) / entry.kind().dtype().bytes();
        return new Weight(entry.kind().shape(), load(entry, 0, (int) count));
    }

    @Override
    public float[] rows(String name, int from, int count) {
        Entry entry = entry(name);
        int columns = entry.kind().shape().getLast();
        Objects.checkFromIndexSize(from, count, entry.kind().shape().getFirst());
        return load(entry, (long) from * columns, count * columns);
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(file + " has no tensor \"" + name + "\"");
        }
        return entry;
    }

    private float[] load(Entry entry, long first, int many) {
        StoredDtype dtype = entry.kind().dtype();
        float[] values = new float[many];
        int perChunk = Math.min(many, CHUNK_BYTES / dtype.bytes());
        ByteBuffer chunk = ByteBuffer.allocate(perChunk * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int from = 0; from < many; from += perChunk) {
                int count = Math.min(perChunk, many - from);
                long at = dataStart + entry.begin() + (first + from) * dtype.bytes();
                fill(chunk.clear().limit(count * dtype.bytes()), channel, at);
                dtype.decode(chunk, values, from, count);
            }
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
        return values;
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
        StoredDtype dtype = dtype(node.path("dtype").asString(""), name, file);
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
                name,
                new Kind(dtype, shape),
                offsets.get(0).asLong(),
                offsets.get(1).asLong());
        if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() > dataBytes) {
            throw wrong(file, name, "offsets within " + dataBytes + " bytes of data", offsets.toString());
        }
        if (entry.end() - entry.begin() != values * dtype.bytes()) {
            throw wrong(file, name, values * dtype.bytes() + " bytes for " + dtype + shape, "data_offsets " + offsets);
        }
        return entry;
    }

    private static StoredDtype dtype(String name, String tensor, Path file) {
        for (StoredDtype dtype : StoredDtype.values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        throw wrong(file, tensor, "dtype F32, BF16 or F16", "\"" + name + "\"");
    }

    private static RuntimeException wrong(Path file, String tensor, String expected, String got) {
        return Fault.data(
                file + ": tensor \"" + tensor + "\": expected " + expected + ", got " + got,
                "fetch the file again, it is cut or damaged");
    }

    private static ByteBuffer exactly(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes, channel, at);
        return bytes;
    }

    /// To its limit; it is then ready to be read.
    private static void fill(ByteBuffer bytes, FileChannel channel, long at) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("file became shorter while it was read");
            }
        }
        bytes.flip();
    }

    /// Writes float32 tensors, sorted by name: the same weights give the same bytes.
    public static void write(Path file, Map<String, Weight> weights) {
        write(file, Tensors.of(weights), new TreeSet<>(weights.keySet()), StoredDtype.F32);
    }

    /// Writes some of the tensors, in the order given, rounded to `dtype`.
    static void write(Path file, Tensors tensors, SequencedCollection<String> names, StoredDtype dtype) {
        ObjectNode header = JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        var kinds = tensors.kinds();
        long at = 0;
        for (String name : names) {
            List<Integer> shape =
                    Optional.ofNullable(kinds.get(name)).orElseThrow().shape();
            ObjectNode node = header.putObject(name);
            node.put("dtype", dtype.name());
            shape.forEach(node.putArray("shape")::add);
            long end = at + Weight.count(shape) * dtype.bytes();
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
            for (String name : names) {
                float[] values = tensors.read(name).values();
                int perChunk = CHUNK_BYTES / dtype.bytes();
                for (int from = 0; from < values.length; from += perChunk) {
                    dtype.encode(values, from, Math.min(perChunk, values.length - from), chunk);
                    writeFully(channel, chunk);
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
