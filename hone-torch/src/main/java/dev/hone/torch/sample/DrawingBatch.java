package dev.hone.torch.sample;

import dev.hone.torch.kernel.Gang;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// One gang's share of the sampling (continuous batching): prompts are read in chunks beside the completions
/// that are drawn, and what ends makes room for the next.
///
/// A prompt goes through once, and what it begins with like the one before it, in whole pages, not even that.
/// At its last token all its completions draw their first token from the same logits; then each goes on by
/// itself, sharing the prompt's pages.
final class DrawingBatch implements AutoCloseable {
    private static final int STEPS_BETWEEN_REPORTS = 16;
    /// Prompt tokens that are read in a step beside the completions.
    private static final int CHUNK = 64;

    private final Gang gang;
    private final StepDecoder decoder;
    private final Pages pages;
    private final Dice[] dice;
    private final int vocabulary;
    private final int rows;
    private final Sampler.Queue queue;
    private final List<Row> drawing = new ArrayList<>();
    private final Deque<Row> waiting = new ArrayDeque<>();
    private final Deque<Prompt> reading = new ArrayDeque<>();
    private int[] lastRead = {}; // tokens of the prompt that was read last
    private Pages.Sequence trunk; // its whole pages

    DrawingBatch(DrawingWeights weights, Gang gang, int rows, int capacity, Sampler.Queue queue) {
        this.gang = gang;
        this.rows = rows;
        this.queue = queue;
        this.vocabulary = weights.config().vocabulary();
        this.decoder = weights.decoder(gang, rows + CHUNK, rows, capacity);
        this.pages = decoder.pages();
        this.trunk = pages.sequence();
        this.dice = new Dice[gang.threads()];
        for (int i = 0; i < dice.length; i++) {
            dice[i] = new Dice(vocabulary);
        }
    }

    /// A request whose prompt is being read.
    private static final class Prompt {
        final int index;
        final Sampler.Request request;
        Pages.Sequence sequence;
        int fed;
        int completions; // that still need the sequence

        Prompt(int index, Sampler.Request request, Pages.Sequence sequence) {
            this.index = index;
            this.request = request;
            this.sequence = sequence;
        }
    }

    /// One completion and its place in the model's memory.
    private static final class Row {
        final Prompt prompt;
        final int sample;
        final Completion completion;
        Pages.Sequence sequence;

        Row(Prompt prompt, int sample) {
            this.prompt = prompt;
            this.sample = sample;
            this.completion = new Completion(prompt.request, sample);
            this.sequence = prompt.sequence;
        }
    }

    void run() {
        for (long step = 0; !queue.isClosed(); step++) {
            admit();
            if (drawing.isEmpty() && reading.isEmpty()) {
                break;
            }
            step();
            if (step % STEPS_BETWEEN_REPORTS == 0) {
                queue.report();
            }
        }
        queue.report();
    }

    /// Pages that were needed at a time.
    int pages() {
        return pages.made();
    }

    @Override
    public void close() {
        decoder.close();
    }

    /// Gives free rows to waiting completions, then to new prompts; of these no more are read than the rows have room
    /// for, since what a prompt has seen takes memory from then on.
    private void admit() {
        while (drawing.size() + reading.size() < rows) {
            Row row = waiting.poll();
            if (row != null) {
                start(row);
                continue;
            }
            int index = drawing.size() + completionsOfReading() < rows ? queue.take() : -1;
            if (index < 0) {
                return;
            }
            reading.add(new Prompt(index, queue.request(index), pages.sequence()));
        }
    }

    private int completionsOfReading() {
        return reading.stream()
                .mapToInt(prompt -> prompt.request.seeds().length)
                .sum();
    }

    /// The last completion of a prompt takes its sequence over, the others share its pages.
    private void start(Row row) {
        Prompt prompt = row.prompt;
        prompt.completions--;
        row.sequence = prompt.completions == 0 ? prompt.sequence : prompt.sequence.fork(prompt.sequence.length());
        drawing.add(row);
    }

    private void step() {
        for (Row row : drawing) {
            decoder.add(row.sequence, row.completion.last(), true);
        }
        List<Prompt> read = new ArrayList<>();
        while (!reading.isEmpty() && feed(reading.getFirst())) {
            read.add(reading.removeFirst());
        }
        float[] logits = decoder.step();
        List<List<Row>> draws = new ArrayList<>();
        drawing.forEach(row -> draws.add(List.of(row)));
        for (Prompt prompt : read) {
            List<Row> completions = new ArrayList<>();
            for (int sample = 0; sample < prompt.request.seeds().length; sample++) {
                completions.add(new Row(prompt, sample));
            }
            draws.add(completions);
        }
        gang.each(draws.size(), (from, to, worker) -> {
            for (int i = from; i < to; i++) {
                dice[worker].load(logits, i * vocabulary);
                draws.get(i).forEach(row -> row.completion.draw(dice[worker]));
            }
        });
        drawing.removeIf(this::leaves);
        for (List<Row> completions : draws.subList(draws.size() - read.size(), draws.size())) {
            branch(completions);
        }
    }

    /// Puts as much of a prompt into the step as there is room for.
    ///
    /// @return whether all of it has been put
    private boolean feed(Prompt prompt) {
        int[] tokens = prompt.request.prompt();
        if (prompt.fed == 0) {
            prompt.fed = wholePages(Math.min(common(lastRead, tokens), tokens.length - 1));
            prompt.sequence = trunk.fork(prompt.fed);
        }
        while (prompt.fed < tokens.length && decoder.free() > 0) {
            int token = tokens[prompt.fed++];
            decoder.add(prompt.sequence, token, prompt.fed == tokens.length);
        }
        if (prompt.fed < tokens.length) {
            return false;
        }
        trunk.release();
        trunk = prompt.sequence.fork(wholePages(tokens.length));
        lastRead = tokens;
        return true;
    }

    /// Pages that are shared in the step in which they are written are written in each layer before they are
    /// read; a copy of half a page would be made before that.
    private static int wholePages(int tokens) {
        return tokens / Pages.SIZE * Pages.SIZE;
    }

    private static int common(int[] first, int[] second) {
        int mismatch = Arrays.mismatch(first, second);
        return mismatch < 0 ? first.length : mismatch;
    }

    /// A completion that is done gives its pages back.
    private boolean leaves(Row row) {
        if (!row.completion.isDone()) {
            return false;
        }
        row.sequence.release();
        queue.put(row.prompt.index, row.sample, row.completion.result());
        return true;
    }

    /// The completions of a prompt after their first token.
    private void branch(List<Row> completions) {
        Prompt prompt = completions.getFirst().prompt;
        for (Row row : completions) {
            if (row.completion.isDone()) {
                queue.put(prompt.index, row.sample, row.completion.result());
            } else {
                prompt.completions++;
                waiting.add(row);
            }
        }
        if (prompt.completions == 0) {
            prompt.sequence.release();
        }
    }
}
