package dev.hone.store.problems;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a stream of bytes, one after the other; of a line that is too long no more than the limit is
/// held. UTF-8 with or without a byte order mark, lines end in LF or CRLF.
final class TextLines {
    /// Longest line.
    static final int MAX_BYTES = 1 << 20;

    private final InputStream bytes;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int filled;
    private int at;
    private int number;

    TextLines(InputStream bytes) {
        this.bytes = bytes;
    }

    sealed interface Line {
        int number();

        record Text(int number, String text) implements Line {}

        record Broken(int number, String because) implements Line {}
    }

    /// @return empty at the end
    Optional<Line> next() throws IOException {
        if (!fill()) {
            return Optional.empty();
        }
        number++;
        line.reset();
        boolean isTooLong = false;
        boolean isOver = false;
        while (!isOver && fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            isOver = end < filled;
            isTooLong |= line.size() + (end - at) > MAX_BYTES;
            if (!isTooLong) {
                line.write(buffer, at, end - at);
            }
            at = isOver ? end + 1 : end;
        }
        return Optional.of(isTooLong ? tooLong() : decoded());
    }

    private boolean fill() throws IOException {
        if (at == filled) {
            filled = Math.max(0, bytes.read(buffer, 0, buffer.length));
            at = 0;
        }
        return filled > 0;
    }

    private Line tooLong() {
        return new Line.Broken(
                number, "is longer than " + MAX_BYTES + " bytes; at most that is read; move what is long elsewhere");
    }

    private Line decoded() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            if (text.endsWith("\r")) {
                text = text.substring(0, text.length() - 1);
            }
            return new Line.Text(number, number == 1 && text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException notUtf8) {
            return new Line.Broken(number, "is not UTF-8; only UTF-8 is read; save the file in that encoding");
        }
    }
}
