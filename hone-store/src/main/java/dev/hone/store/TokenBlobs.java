package dev.hone.store;

import dev.hone.data.Author;
import dev.hone.data.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tokens as three little-endian arrays, bit for bit.
///
/// @param ids int32 each
/// @param logProbs float32 each, NaN where none is known
/// @param authors pairs of int32: an author's number, how many tokens in a row are theirs
@SuppressWarnings("ArrayRecordComponent") // rows on their way to and from SQLite, never compared
record TokenBlobs(byte[] ids, byte[] logProbs, byte[] authors) {

    static TokenBlobs of(Tokens tokens) {
        int size = tokens.size();
        TokenBlobs blobs = new TokenBlobs(words(size), words(size), words(2 * size));
        ByteBuffer ids = ordered(blobs.ids);
        ByteBuffer logProbs = ordered(blobs.logProbs);
        ByteBuffer authors = ordered(blobs.authors);
        int from = 0;
        for (int i = 0; i < size; i++) {
            ids.putInt(tokens.id(i));
            logProbs.putFloat(tokens.hasLogProb(i) ? tokens.logProb(i) : Float.NaN);
            if (i + 1 == size || tokens.author(i + 1) != tokens.author(i)) {
                authors.putInt(number(tokens.author(i))).putInt(i + 1 - from);
                from = i + 1;
            }
        }
        return new TokenBlobs(blobs.ids, blobs.logProbs, Arrays.copyOf(blobs.authors, authors.position()));
    }

    Tokens tokens() {
        ByteBuffer idBytes = ordered(ids);
        ByteBuffer logProbBytes = ordered(logProbs);
        ByteBuffer authorBytes = ordered(authors);
        Tokens all = Tokens.empty();
        while (authorBytes.hasRemaining()) {
            Author author = author(authorBytes.getInt());
            int count = authorBytes.getInt();
            int[] someIds = new int[count];
            float[] some = new float[count];
            for (int i = 0; i < count; i++) {
                someIds[i] = idBytes.getInt();
                some[i] = logProbBytes.getFloat();
            }
            for (Tokens stretch : stretches(author, someIds, some)) {
                all = all.size() == 0 ? stretch : all.plus(stretch);
            }
        }
        return all;
    }

    /// Tokens of one author, cut where log-probabilities begin or end to be known.
    private static List<Tokens> stretches(Author author, int[] ids, float[] logProbs) {
        List<Tokens> stretches = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= ids.length; to++) {
            if (to == ids.length || Float.isNaN(logProbs[to]) != Float.isNaN(logProbs[from])) {
                int[] some = Arrays.copyOfRange(ids, from, to);
                stretches.add(
                        Float.isNaN(logProbs[from])
                                ? Tokens.by(author, some)
                                : Tokens.scored(author, some, Arrays.copyOfRange(logProbs, from, to)));
                from = to;
            }
        }
        return stretches;
    }

    /// How many tokens the model drew, of such pairs.
    static long drawn(byte[] authors) {
        ByteBuffer pairs = ordered(authors);
        long drawn = 0;
        while (pairs.hasRemaining()) {
            Author author = author(pairs.getInt());
            int count = pairs.getInt();
            drawn += author == Author.MODEL ? count : 0;
        }
        return drawn;
    }

    static byte[] doubles(List<Double> values) {
        byte[] bytes = new byte[Double.BYTES * values.size()];
        values.forEach(ordered(bytes)::putDouble);
        return bytes;
    }

    static List<Double> doubles(byte[] bytes) {
        ByteBuffer buffer = ordered(bytes);
        List<Double> values = new ArrayList<>(bytes.length / Double.BYTES);
        while (buffer.hasRemaining()) {
            values.add(buffer.getDouble());
        }
        return values;
    }

    private static byte[] words(int count) {
        return new byte[Integer.BYTES * count];
    }

    private static ByteBuffer ordered(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// What is on disk never changes, whatever becomes of the order of the constants.
    private static int number(Author author) {
        return switch (author) {
            case PROMPT -> 0;
            case HINT -> 1;
            case MODEL -> 2;
            case FORCED -> 3;
            case DRAFT -> 4;
            case TOOL -> 5;
        };
    }

    private static Author author(int number) {
        for (Author author : Author.values()) {
            if (number(author) == number) {
                return author;
            }
        }
        throw new IllegalArgumentException(
                "author " + number + " is unknown; 0 to 5 are known; the row was written by a newer Hone");
    }
}
