package dev.hone.torch.sample;

import dev.hone.torch.kernel.CounterRandom;
import java.util.Arrays;

/// A completion that is being drawn.
///
/// One thread at a time.
final class Completion {
    private final Sampler.Request request;
    private final long seed;
    private final int[] drawn;
    private final float[] logProbs;
    private int state; // of the guide
    private int count;
    private Sampler.Ending ending = Sampler.Ending.LIMIT;

    /// @param sample which of the request's
    Completion(Sampler.Request request, int sample) {
        this.request = request;
        this.seed = request.seeds()[sample];
        this.drawn = new int[request.limits()[sample]];
        this.logProbs = new float[drawn.length];
        this.state = request.manner().guide().start();
    }

    /// Draws the next token.
    ///
    /// @param dice with the logits after the last one
    void draw(Dice dice) {
        Sampler.Manner manner = request.manner();
        double uniform = CounterRandom.uniform(seed, count);
        var past = new WarpedDice.Past(request.prompt(), drawn, count);
        long[] allowed = manner.guide().allowed(state);
        int token = dice.draw(manner.temperature(), manner.warping(), past, allowed, uniform);
        drawn[count] = token;
        logProbs[count] = dice.logProb(token);
        count++;
        if (request.isEnd(token)) {
            ending = Sampler.Ending.ENDED;
        } else if (manner.stop().isMet(drawn, count)) {
            ending = Sampler.Ending.STOPPED;
        } else {
            state = manner.guide().next(state, token);
        }
    }

    /// The token to go on from: the last that was drawn, or the prompt's.
    int last() {
        return count == 0 ? request.prompt()[request.prompt().length - 1] : drawn[count - 1];
    }

    boolean isDone() {
        return ending != Sampler.Ending.LIMIT || count == drawn.length;
    }

    Sampler.Drawn result() {
        return new Sampler.Drawn(Arrays.copyOf(drawn, count), Arrays.copyOf(logProbs, count), ending);
    }
}
