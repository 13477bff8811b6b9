package dev.hone.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Token ids with, for each, who wrote it and (where it was drawn or scored) its log-probability at
/// temperature 1.
///
/// Immutable; arrays are copied on the way in and out.
public final class Tokens {
    private static final Tokens EMPTY = new Tokens(new int[0], new Author[0], new float[0]);

    private final int[] ids;
    private final Author[] authors;
    private final float[] logProbs; // NaN where none is known; never leaves this class as such

    private Tokens(int[] ids, Author[] authors, float[] logProbs) {
        this.ids = ids;
        this.authors = authors;
        this.logProbs = logProbs;
    }

    public static Tokens empty() {
        return EMPTY;
    }

    /// Tokens without log-probabilities, all by one author.
    public static Tokens by(Author author, int... ids) {
        Author[] authors = new Author[ids.length];
        Arrays.fill(authors, author);
        float[] unknown = new float[ids.length];
        Arrays.fill(unknown, Float.NaN);
        return new Tokens(ids.clone(), authors, unknown);
    }

    /// Tokens with log-probabilities, all by one author.
    ///
    /// @param logProbs nats at temperature 1, each at most 0, as many as ids
    public static Tokens scored(Author author, int[] ids, float[] logProbs) {
        if (ids.length != logProbs.length) {
            throw new IllegalArgumentException(ids.length + " ids but " + logProbs.length + " log-probabilities");
        }
        for (float logProb : logProbs) {
            if (!(logProb <= 0)) {
                throw new IllegalArgumentException("a log-probability must be at most 0 but was " + logProb);
            }
        }
        Author[] authors = new Author[ids.length];
        Arrays.fill(authors, author);
        return new Tokens(ids.clone(), authors, logProbs.clone());
    }

    /// These tokens followed by others.
    public Tokens plus(Tokens others) {
        int size = ids.length + others.ids.length;
        int[] allIds = Arrays.copyOf(ids, size);
        Author[] allAuthors = Arrays.copyOf(authors, size);
        float[] allLogProbs = Arrays.copyOf(logProbs, size);
        System.arraycopy(others.ids, 0, allIds, ids.length, others.ids.length);
        System.arraycopy(others.authors, 0, allAuthors, ids.length, others.ids.length);
        System.arraycopy(others.logProbs, 0, allLogProbs, ids.length, others.ids.length);
        return new Tokens(allIds, allAuthors, allLogProbs);
    }

    /// Those that `author` wrote, in order: what a model drew after a forced prefix.
    public Tokens of(Author author) {
        int[] places =
                IntStream.range(0, ids.length).filter(i -> authors[i] == author).toArray();
        int[] itsIds = new int[places.length];
        Author[] itsAuthors = new Author[places.length];
        float[] itsLogProbs = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            itsIds[i] = ids[places[i]];
            itsAuthors[i] = author;
            itsLogProbs[i] = logProbs[places[i]];
        }
        return new Tokens(itsIds, itsAuthors, itsLogProbs);
    }

    public int size() {
        return ids.length;
    }

    public int id(int index) {
        return ids[index];
    }

    public int[] ids() {
        return ids.clone();
    }

    public Author author(int index) {
        return authors[index];
    }

    /// How many tokens `author` wrote.
    public int count(Author author) {
        int count = 0;
        for (Author each : authors) {
            if (each == author) {
                count++;
            }
        }
        return count;
    }

    public boolean hasLogProb(int index) {
        return !Float.isNaN(logProbs[index]);
    }

    /// Nats at temperature 1.
    ///
    /// @throws IllegalStateException if the token was neither drawn nor scored
    public float logProb(int index) {
        if (!hasLogProb(index)) {
            throw new IllegalStateException(
                    "token " + index + " by " + authors[index] + " has no log-probability; score the text first");
        }
        return logProbs[index];
    }

    /// Sum of the log-probabilities of the model's own tokens, in nats at temperature 1.
    public double drawnLogProb() {
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (authors[i] == Author.MODEL) {
                sum += logProb(i);
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(authors, that.authors)
                && Arrays.equals(logProbs, that.logProbs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(logProbs);
    }

    /// The ids, each after its author where that is not the model: examples are told apart by this text, and masks
    /// follow from authors.
    @Override
    public String toString() {
        return IntStream.range(0, ids.length)
                .mapToObj(i -> (authors[i] == Author.MODEL ? "" : authors[i] + " ") + ids[i])
                .collect(Collectors.joining(", ", "Tokens[", "]"));
    }
}
