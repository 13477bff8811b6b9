package dev.hone.torch.gguf;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A place in a GGUF file from which is read, little-endian, and never past the end.
final class GgufCursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final String file;
    private long at;

    /// @param file its name, for messages
    GgufCursor(MemorySegment bytes, String file, long at) {
        this.bytes = bytes;
        this.file = file;
        this.at = at;
    }

    long at() {
        return at;
    }

    long left() {
        return bytes.byteSize() - at;
    }

    int readByte() {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1, "a byte"));
    }

    int readShort() {
        return bytes.get(SHORT, advance(2, "a number"));
    }

    int readInt() {
        return bytes.get(INT, advance(4, "a number"));
    }

    long readLong() {
        return bytes.get(LONG, advance(8, "a number"));
    }

    /// A count of things that each take at least `bytesEach` bytes: one that the rest of the file cannot hold
    /// is refused before anything is allocated.
    long readCount(String what, int bytesEach) {
        long count = readLong();
        if (count < 0 || count > left() / bytesEach) {
            throw cut(Long.toUnsignedString(count) + " " + what + " at byte " + (at - 8));
        }
        return count;
    }

    /// Skips a text: eight bytes of length, then UTF-8.
    void skipText() {
        skip(readCount("bytes of text", 1));
    }

    String readText() {
        long length = readCount("bytes of text", 1);
        if (length > Integer.MAX_VALUE - 8) {
            throw Fault.data(
                    file + ": a text of " + length + " bytes at byte " + at + "; allowed is 2 GiB",
                    "fetch the file again");
        }
        byte[] text = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        at += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw Fault.data(
                    file + ": the text at byte " + (at - length) + " is not UTF-8",
                    "fetch the file again, it is damaged",
                    broken);
        }
    }

    void skip(long count) {
        advance(count, "data");
    }

    private long advance(long count, String what) {
        if (count < 0 || count > left()) {
            throw cut(what + " of " + count + " bytes at byte " + at);
        }
        long from = at;
        at += count;
        return from;
    }

    private HoneException cut(String what) {
        return Fault.data(
                file + ": " + what + ", but the file has " + bytes.byteSize() + " bytes",
                "fetch the file again, it is cut or damaged");
    }
}
