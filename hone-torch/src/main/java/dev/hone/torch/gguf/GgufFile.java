package dev.hone.torch.gguf;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A GGUF file (versions 2 and 3), mapped into memory: metadata and tensors.
///
/// Nothing that the file says is believed: counts, lengths, types, sizes, offsets, alignment and overlaps are checked
/// against its size before anything is allocated. To be closed by the thread that opened it.
public final class GgufFile implements AutoCloseable {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int LONGEST_NAME = 64;
    private static final int MOST_DIMENSIONS = 4;
    private static final int LARGEST_ALIGNMENT = 1 << 20;
    /// A name of one byte, its length, one dimension with its count, type and offset.
    private static final int SMALLEST_TENSOR = 8 + 1 + 4 + 8 + 4 + 8;

    private final Path path;
    private final Arena arena;
    private final GgufMetadata metadata;
    private final SequencedMap<String, GgufTensor> tensors;

    private record Entry(String name, GgufType type, List<Integer> shape, long offset, long bytes) {}

    private GgufFile(Path path, Arena arena, GgufMetadata metadata, SequencedMap<String, GgufTensor> tensors) {
        this.path = path;
        this.arena = arena;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    public static GgufFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw Fault.data(path + " is no file", "point to a .gguf file");
        }
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException broken) {
            arena.close();
            throw Fault.storage("cannot read " + path, broken);
        } catch (RuntimeException refused) {
            arena.close();
            throw refused;
        }
    }

    /// @param path for messages
    /// @param arena that owns `bytes`, closed with the file
    static GgufFile read(Path path, Arena arena, MemorySegment bytes) {
        String file = path.toString();
        var cursor = new GgufCursor(bytes, file, 0);
        version(cursor, file);
        long tensorCount = cursor.readCount("tensors", SMALLEST_TENSOR);
        var metadata = GgufMetadata.read(bytes, cursor, cursor.readLong(), file);
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            entries.add(entry(cursor, file));
        }
        int alignment = metadata.integer("general.alignment", 32);
        if (alignment > LARGEST_ALIGNMENT || Integer.bitCount(alignment) != 1) {
            throw Fault.data(
                    file + ": general.alignment is " + alignment + "; allowed are powers of two up to "
                            + LARGEST_ALIGNMENT,
                    "convert the model again");
        }
        long start = Math.ceilDiv(cursor.at(), alignment) * alignment;
        return new GgufFile(path, arena, metadata, place(entries, bytes, start, alignment, file));
    }

    private static void version(GgufCursor cursor, String file) {
        if (cursor.left() < 8 || cursor.readInt() != MAGIC) {
            throw Fault.data(
                    file + " does not begin with \"GGUF\"", "point to a GGUF file; this is none, or it is cut");
        }
        int version = cursor.readInt();
        if (version != 2 && version != 3) {
            throw Fault.data(
                    file + ": GGUF version "
                            + (version == Integer.reverseBytes(3) ? "3, big-endian" : Integer.toUnsignedString(version))
                            + "; supported are 2 and 3, little-endian",
                    "convert the model again with a recent llama.cpp");
        }
    }

    private static Entry entry(GgufCursor cursor, String file) {
        long at = cursor.at();
        String name = cursor.readText();
        String where = file + ": tensor \"" + name + "\"";
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw Fault.data(
                    file + ": a tensor's name of " + name.length() + " characters at byte " + at + "; allowed is 1 to "
                            + LONGEST_NAME,
                    "fetch the file again, it is damaged");
        }
        int dimensions = cursor.readInt();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw wrong(where, "1 to " + MOST_DIMENSIONS + " dimensions", Integer.toUnsignedString(dimensions));
        }
        List<Integer> shape = new ArrayList<>();
        long count = 1;
        for (int i = 0; i < dimensions; i++) {
            long size = cursor.readLong();
            if (size < 1 || size > (Integer.MAX_VALUE - 8) / count) {
                throw wrong(
                        where,
                        "sizes of at least 1 and at most " + (Integer.MAX_VALUE - 8) + " values",
                        "size " + Long.toUnsignedString(size) + " after " + count + " values");
            }
            count *= size;
            shape.addFirst((int) size);
        }
        GgufType type = GgufType.of(cursor.readInt(), where);
        if (shape.getLast() % type.perBlock() != 0) {
            throw wrong(where, "rows of whole blocks of " + type.perBlock() + " values", "rows of " + shape.getLast());
        }
        return new Entry(name, type, shape, cursor.readLong(), count / type.perBlock() * type.bytes());
    }

    private static SequencedMap<String, GgufTensor> place(
            List<Entry> entries, MemorySegment bytes, long start, int alignment, String file) {
        long room = bytes.byteSize() - start;
        entries.sort(Comparator.comparingLong(Entry::offset));
        var tensors = new LinkedHashMap<String, GgufTensor>();
        long end = 0;
        for (Entry entry : entries) {
            String where = file + ": tensor \"" + entry.name() + "\"";
            if (entry.offset() % alignment != 0) {
                throw wrong(where, "an offset that is a multiple of " + alignment, "" + entry.offset());
            }
            if (entry.offset() < end) {
                throw wrong(
                        where, "data that begins at " + end + " or later, after the one before", "" + entry.offset());
            }
            if (entry.bytes() > room - entry.offset()) {
                throw wrong(
                        where,
                        "data within " + Math.max(0, room) + " bytes",
                        entry.bytes() + " bytes from " + entry.offset());
            }
            end = entry.offset() + entry.bytes();
            var data = bytes.asSlice(start + entry.offset(), entry.bytes());
            if (tensors.put(entry.name(), new GgufTensor(entry.name(), entry.type(), entry.shape(), data)) != null) {
                throw wrong(where, "each name once", "it twice");
            }
        }
        return tensors;
    }

    private static HoneException wrong(String where, String expected, String got) {
        return Fault.data(
                where + ": expected " + expected + ", got " + got, "fetch the file again, it is cut or damaged");
    }

    Path path() {
        return path;
    }

    GgufMetadata metadata() {
        return metadata;
    }

    /// By name, in the order of the file.
    SequencedMap<String, GgufTensor> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }
}
