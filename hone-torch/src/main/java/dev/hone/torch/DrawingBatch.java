package dev.hone.torch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One thread's share of the sampling: rows that are fed a prompt, then draw.
///
/// A prompt goes through once. At its last token all its completions draw their first token from the same logits; one
/// goes on in the prompt's row, the others wait with a snapshot of the prompt's keys and values until a row
/// is free.
final class DrawingBatch {
    private static final int STEPS_BETWEEN_REPORTS = 16;
    private static final float[][][] NOTHING = {};

    private final RowDecoder decoder;
    private final Sampler.Queue queue;
    private final Dice dice;
    private final @Nullable Row[] rows;
    private final Deque<Row> forks = new ArrayDeque<>();
    private final int[] tokens;
    private boolean queueIsEmpty;

    DrawingBatch(RowWeights weights, int width, int capacity, Sampler.Queue queue) {
        this.decoder = new RowDecoder(weights, width, capacity);
        this.dice = new Dice(weights.config().vocabulary(), width);
        this.queue = queue;
        this.rows = new Row[width];
        this.tokens = new int[width];
    }

    /// A sequence: still in its prompt (`sample` is -1), or one completion of it.
    private static final class Row {
        final int index;
        final Sampler.Request request;
        final float[][][] prompt;
        final int sample;
        int fed;
        final int[] drawn;
        final float[] logProbs;
        int count;

        Row(int index, Sampler.Request request, int sample, float[][][] prompt) {
            this.index = index;
            this.request = request;
            this.sample = sample;
            this.prompt = prompt;
            int room = sample < 0 ? 0 : request.maxTokens();
            this.drawn = new int[room];
            this.logProbs = new float[room];
        }

        boolean atPromptEnd() {
            return fed == request.prompt().length;
        }

        int nextToken() {
            return sample < 0 ? request.prompt()[fed] : drawn[count - 1];
        }

        boolean draws() {
            return sample >= 0 || fed + 1 == request.prompt().length;
        }
    }

    void run() {
        for (long step = 0; fill() && !queue.isClosed(); step++) {
            boolean anyDraws = false;
            for (int i = 0; i < rows.length; i++) {
                Row row = rows[i];
                tokens[i] = row == null ? 0 : row.nextToken();
                anyDraws |= row != null && row.draws();
            }
            float[][] logits = decoder.step(tokens, anyDraws ? RowDecoder.Head.COMPUTED : RowDecoder.Head.SKIPPED);
            if (anyDraws) {
                for (int i = 0; i < rows.length; i++) {
                    Row row = rows[i];
                    dice.temperature(i, row == null ? 1 : row.request.temperature());
                }
                dice.load(logits);
            }
            for (int i = 0; i < rows.length; i++) {
                advance(i);
            }
            if (step % STEPS_BETWEEN_REPORTS == 0) {
                queue.report();
            }
        }
        queue.report();
    }

    /// Gives free rows to waiting completions, then to new prompts.
    ///
    /// @return whether any row has work
    private boolean fill() {
        boolean any = false;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                rows[i] = admit(i);
            }
            any |= rows[i] != null;
        }
        return any;
    }

    private @Nullable Row admit(int i) {
        Row fork = forks.poll();
        if (fork != null) {
            decoder.restore(i, fork.prompt);
            return fork;
        }
        decoder.start(i);
        int index = queueIsEmpty ? -1 : queue.take();
        if (index < 0) {
            queueIsEmpty = true;
            return null;
        }
        return new Row(index, queue.request(index), -1, NOTHING);
    }

    private void advance(int i) {
        Row row = rows[i];
        if (row == null) {
            return;
        }
        if (row.sample >= 0) {
            rows[i] = draw(row, i) ? null : row;
            return;
        }
        row.fed++;
        if (row.atPromptEnd()) {
            rows[i] = branch(row, i);
        }
    }

    /// Draws the first token of every completion of a prompt; the first that goes on keeps the row.
    private @Nullable Row branch(Row prompt, int i) {
        int samples = prompt.request.seeds().length;
        float[][][] kept = samples > 1 ? decoder.snapshot(i) : NOTHING;
        @Nullable Row stays = null;
        for (int sample = 0; sample < samples; sample++) {
            Row row = new Row(prompt.index, prompt.request, sample, kept);
            if (draw(row, i)) {
                continue;
            }
            if (stays == null) {
                stays = row;
            } else {
                forks.add(row);
            }
        }
        return stays;
    }

    /// @return whether the completion is done
    private boolean draw(Row row, int i) {
        Sampler.Request request = row.request;
        double uniform = CounterRandom.uniform(request.seeds()[row.sample], row.count);
        int token = dice.draw(i, uniform);
        row.drawn[row.count] = token;
        row.logProbs[row.count] = dice.logProb(i, token);
        row.count++;
        boolean ended = token == request.end();
        if (!ended && row.count < request.maxTokens()) {
            return false;
        }
        queue.put(
                row.index,
                row.sample,
                new Sampler.Drawn(Arrays.copyOf(row.drawn, row.count), Arrays.copyOf(row.logProbs, row.count), ended));
        return true;
    }
}
