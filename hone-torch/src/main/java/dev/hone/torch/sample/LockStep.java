package dev.hone.torch.sample;

import dev.hone.torch.kernel.Gang;
import dev.hone.torch.setting.LogitBlend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Draws from several models at once: each reads what was drawn, their logits are [blended][LogitBlend], and
/// the next token is drawn from the blend as a [Sampler] draws from one model (ensembles; contrastive
/// decoding, Li et al. 2023). Log-probabilities are the blend's, at temperature 1.
///
/// On the CPU a completion does not depend on the others, nor on `rows`.
///
/// @param models at least one, with vocabularies of the same size
/// @param gang that computes
/// @param rows completions at a time
public record LockStep(List<DrawingWeights> models, LogitBlend blend, Gang gang, int rows) {
    /// Prompt tokens that are read in a step.
    private static final int CHUNK = 64;

    public LockStep {
        models = List.copyOf(models);
        if (models.isEmpty() || rows < 1) {
            throw new IllegalArgumentException(models.size() + " models and " + rows + " rows must be at least 1 each");
        }
        List<Integer> sizes = models.stream()
                .map(model -> model.config().vocabulary())
                .distinct()
                .toList();
        if (sizes.size() > 1) {
            throw new IllegalArgumentException("models in lock-step must have the same vocabulary but have " + sizes
                    + " tokens; take models with one tokenizer");
        }
    }

    /// What one model has computed.
    private static final class Track {
        final StepDecoder decoder;
        final float[] row;

        Track(DrawingWeights weights, Gang gang, int rows, int capacity) {
            decoder = weights.decoder(gang, Math.max(rows, CHUNK), rows, capacity);
            row = new float[weights.config().vocabulary()];
        }

        /// A sequence that has seen all of a prompt but its last token.
        Pages.Sequence read(int[] prompt) {
            var sequence = decoder.pages().sequence();
            for (int i = 0; i < prompt.length - 1; i++) {
                decoder.add(sequence, prompt[i], false);
                if (decoder.free() == 0 || i == prompt.length - 2) {
                    decoder.step();
                }
            }
            return sequence;
        }
    }

    private record Row(Completion completion, List<Pages.Sequence> sequences) {}

    /// @param progress told how many completions are done so far; may throw to stop the work
    /// @return for each request its completions, in the order of the seeds
    public List<List<Sampler.Drawn>> draw(List<Sampler.Request> requests, LongConsumer progress) {
        int capacity = 1;
        for (Sampler.Request request : requests) {
            models.forEach(model -> request.check(model.config()));
            capacity = Math.max(capacity, request.longest());
        }
        List<List<Sampler.Drawn>> all = new ArrayList<>();
        long done = 0;
        List<Track> tracks = new ArrayList<>();
        try {
            for (DrawingWeights model : models) {
                tracks.add(new Track(model, gang, rows, capacity));
            }
            for (Sampler.Request request : requests) {
                all.add(draw(request, tracks));
                done += request.seeds().length;
                progress.accept(done);
            }
        } finally {
            tracks.forEach(track -> track.decoder.close());
        }
        return all;
    }

    /// A prompt is read once in each model; its completions share its pages.
    private List<Sampler.Drawn> draw(Sampler.Request request, List<Track> tracks) {
        List<Pages.Sequence> prompt =
                tracks.stream().map(track -> track.read(request.prompt())).toList();
        List<Sampler.Drawn> drawn = new ArrayList<>();
        for (int from = 0; from < request.seeds().length; from += rows) {
            List<Row> batch = new ArrayList<>();
            for (int sample = from; sample < Math.min(from + rows, request.seeds().length); sample++) {
                batch.add(new Row(
                        new Completion(request, sample),
                        prompt.stream().map(each -> each.fork(each.length())).toList()));
            }
            List<Row> going = new ArrayList<>(batch);
            while (!going.isEmpty()) {
                step(going, tracks);
                going.removeIf(row -> row.completion().isDone());
            }
            batch.forEach(row -> row.sequences().forEach(Pages.Sequence::release));
            batch.forEach(row -> drawn.add(row.completion().result()));
        }
        prompt.forEach(Pages.Sequence::release);
        return drawn;
    }

    private void step(List<Row> going, List<Track> tracks) {
        List<float[]> logits = new ArrayList<>();
        for (int model = 0; model < tracks.size(); model++) {
            StepDecoder decoder = tracks.get(model).decoder;
            for (Row row : going) {
                decoder.add(row.sequences().get(model), row.completion().last(), true);
            }
            logits.add(decoder.step());
        }
        int vocabulary = models.getFirst().config().vocabulary();
        float[] blended = new float[vocabulary];
        var dice = new Dice(vocabulary);
        for (int i = 0; i < going.size(); i++) {
            for (int model = 0; model < tracks.size(); model++) {
                System.arraycopy(logits.get(model), i * vocabulary, tracks.get(model).row, 0, vocabulary);
            }
            blend.into(blended, tracks.stream().map(track -> track.row).toList());
            dice.load(blended, 0);
            going.get(i).completion().draw(dice);
        }
    }
}
