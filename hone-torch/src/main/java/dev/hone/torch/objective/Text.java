package dev.hone.torch.objective;

import dev.hone.torch.model.LoadedModel;
import java.util.Arrays;

/// One text to learn from or to score.
///
/// @param ids prompt and completion, end token included where it belongs to the completion; at least two
/// @param weights of each token in the loss, as many as ids; 0 leaves it out. The first must be 0: nothing
///     predicts it
/// @param reads places, ascending, after whose token a head is read
/// @param temperature by which logits are divided, above 0
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
public record Text(int[] ids, float[] weights, int[] reads, double temperature) {
    private static final int[] NOWHERE = {};

    public Text {
        if (ids.length < 2 || ids.length != weights.length || weights[0] != 0) {
            throw new IllegalArgumentException("a text of " + ids.length + " tokens with " + weights.length
                    + " weights; it needs at least two tokens, a weight each, and 0 for the first");
        }
    }

    /// A text whose tokens are predicted at temperature 1 and that no head reads.
    Text(int[] ids, float[] weights) {
        this(ids, weights, NOWHERE, 1);
    }

    /// Prompt and completion, `weight` on each token that counts.
    static Text of(LoadedModel.Taught taught, float weight) {
        int[] prompt = taught.prompt();
        int[] ids = LoadedModel.join(prompt, taught.completion().ids());
        float[] weights = new float[ids.length];
        for (int i = 0; i < taught.counted().size(); i++) {
            weights[prompt.length + i] = taught.counted().get(i) ? weight : 0;
        }
        return new Text(ids, weights);
    }

    /// The last `count` tokens weigh `weight`, the others nothing.
    public static Text completing(int[] ids, int count, float weight) {
        float[] weights = new float[ids.length];
        for (int i = ids.length - count; i < ids.length; i++) {
            weights[i] = weight;
        }
        return new Text(ids, weights);
    }

    /// A text that a head reads and of which no token is predicted.
    static Text read(int[] ids, int... reads) {
        return new Text(ids, new float[ids.length], reads, 1);
    }

    /// With how many of the same tokens both begin.
    public int sharedWith(Text other) {
        int differs = Arrays.mismatch(ids, other.ids);
        return differs < 0 ? ids.length : differs;
    }

    public int counted() {
        int count = 0;
        for (float weight : weights) {
            if (weight != 0) {
                count++;
            }
        }
        return count;
    }
}
