package dev.hone.generate;

import dev.hone.data.Embedding;
import dev.hone.run.Step;
import java.util.List;

/// Embeds a text by the n-grams of its characters, each counted at a place that its hash gives, with a sign that
/// its hash gives too, so that what falls on one place cancels on the average (feature hashing, Weinberger et al.
/// 2009, arXiv:0902.2206). Needs no model (card dive, "Building blocks").
///
/// Near means: the same characters in the same order nearby. Nothing is known of meaning. A text with fewer than
/// `fewest` characters has the vector of all zeros. Costs `O(most)` a character.
///
/// @param dimension of the vectors, in `[2, 65,536]`; more keeps more n-grams apart
/// @param fewest characters of an n-gram, at least 1
/// @param most characters of an n-gram, from `fewest` to 16
public record HashedNGrams(int dimension, int fewest, int most) implements Embedder {
    private static final int LARGEST = 65_536;
    private static final int LONGEST = 16;

    public HashedNGrams {
        if (dimension < 2 || dimension > LARGEST) {
            throw new IllegalArgumentException(
                    "dimension must be in [2, " + LARGEST + "] but was " + dimension + "; 1024 is plenty");
        }
        if (fewest < 1 || most < fewest || most > LONGEST) {
            throw new IllegalArgumentException("n-grams must have from 1 to " + LONGEST
                    + " characters but the settings say " + fewest + " to " + most + "; choose within that");
        }
    }

    /// 1,024 components, n-grams of one to four characters; our own choice.
    public static HashedNGrams standard() {
        return new HashedNGrams(1_024, 1, 4);
    }

    @Override
    public List<Embedding> embed(List<String> texts, Step step) {
        return texts.stream().map(this::embed).toList();
    }

    /// The embedding of one text.
    public Embedding embed(String text) {
        float[] components = new float[dimension];
        int[] characters = text.codePoints().toArray();
        for (int from = 0; from < characters.length; from++) {
            long hash = 0xcbf29ce484222325L; // FNV-1a over code points
            int end = Math.min(characters.length, from + most);
            for (int to = from; to < end; to++) {
                hash = (hash ^ characters[to]) * 0x100000001b3L;
                if (to - from + 1 >= fewest) {
                    long mixed = mix(hash);
                    components[(int) ((mixed >>> 1) % dimension)] += (mixed & 1) == 0 ? 1 : -1;
                }
            }
        }
        return Embedding.of(components);
    }

    /// The finalizer of MurmurHash3.
    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
