package dev.hone.torch;

import dev.hone.torch.file.Fault;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Noise;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Imitation;
import dev.hone.torch.objective.Text;
import dev.hone.torch.sample.DrawingWeights;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// Draws and learns for a long time, round after round as a run does, to see whether memory stays flat.
///
/// Prompts are random tokens; what is drawn is what is learned from. Each round loads the model anew and does the same.
///
/// @param model a model directory
/// @param device where it is computed
/// @param dtype that products are computed in
/// @param threads that compute
public record Soak(Path model, Device device, Dtype dtype, int threads) {
    private static final int ROWS = 64;
    private static final int SAMPLES = 4;
    private static final int LONGEST_PROMPT = 24;
    private static final int LONGEST_COMPLETION = 40;
    private static final int BATCH = 4;
    private static final int READINGS = 20;

    /// @param rounds in which the work is done
    /// @param sequences drawn in all
    /// @param steps of the optimizer in all
    public record Work(int rounds, int sequences, int steps) {
        public Work {
            if (rounds < 1 || sequences / SAMPLES < rounds || sequences % SAMPLES != 0 || steps < rounds) {
                throw Fault.settings(
                        "soaking takes sequences by " + SAMPLES
                                + ", at least so many and a step in each of one or more "
                                + "rounds, but was " + rounds + " rounds, " + sequences + " sequences, " + steps
                                + " steps",
                        "ask for more sequences and steps, sequences in fours, or for fewer rounds");
            }
        }
    }

    /// How far it has come; told to a reader of memory about [#READINGS] times while drawing and while
    /// learning in each round.
    public record Done(int round, long sequences, long steps) {}

    public void run(Work work, Consumer<Done> each) {
        ModelDirectory directory = ModelDirectory.open(model);
        if (directory.config().context() <= LONGEST_PROMPT) {
            throw Fault.data(
                    "the model reads " + directory.config().context() + " tokens, and soaking takes "
                            + (LONGEST_PROMPT + 1) + " or more",
                    "take a model with a longer context");
        }
        long sequences = 0;
        long steps = 0;
        for (int round = 1; round <= work.rounds; round++) {
            int now = round;
            long before = sequences;
            long learned = steps;
            int prompts = share(work.sequences / SAMPLES, round, work.rounds);
            List<Text> texts = draw(
                    directory,
                    requests(directory.config(), prompts),
                    done -> each.accept(new Done(now, before + done, learned)));
            sequences += (long) prompts * SAMPLES;
            long drawn = sequences;
            learn(
                    directory,
                    texts,
                    share(work.steps, round, work.rounds),
                    done -> each.accept(new Done(now, drawn, learned + done)));
            steps += share(work.steps, round, work.rounds);
            Heap.release();
        }
    }

    private static int share(int all, int round, int rounds) {
        return (int) ((long) all * round / rounds - (long) all * (round - 1) / rounds);
    }

    /// The same in every round: lengths that vary from round to round would now and then need more memory than any
    /// before, and hide whether some is lost.
    private static List<Sampler.Request> requests(DecoderConfig config, int count) {
        var random = new SplittableRandom(1);
        List<Sampler.Request> requests = new ArrayList<>();
        int longest = Math.min(LONGEST_COMPLETION, config.context() - LONGEST_PROMPT);
        for (int i = 0; i < count; i++) {
            int[] prompt = random.ints(random.nextInt(4, LONGEST_PROMPT + 1), 0, config.vocabulary())
                    .toArray();
            long[] seeds = random.longs(SAMPLES).toArray();
            int[] limits = random.ints(SAMPLES, 1, longest + 1).toArray();
            requests.add(new Sampler.Request(prompt, seeds, 1, limits, new int[0]));
        }
        return requests;
    }

    private List<Text> draw(ModelDirectory directory, List<Sampler.Request> requests, LongConsumer each) {
        List<List<Sampler.Drawn>> drawn;
        try (var gang = new Gang(threads);
                var weights = DrawingWeights.of(directory.config(), directory.tensors(), device, dtype, gang)) {
            long[] told = {0};
            long between = Math.max(1, requests.size() * (long) SAMPLES / READINGS);
            drawn = new Sampler(weights, ROWS, threads).draw(requests, done -> {
                if (done >= told[0] + between) {
                    told[0] = done;
                    each.accept(done);
                }
            });
        }
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            for (Sampler.Drawn one : drawn.get(i)) {
                texts.add(Text.completing(
                        LoadedModel.join(requests.get(i).prompt(), one.tokens()), one.tokens().length, 1f));
            }
        }
        return texts;
    }

    private void learn(ModelDirectory directory, List<Text> texts, int steps, LongConsumer each) {
        var state = new TrainingState(directory.weights());
        var trainer = new Trainer(
                new AdamW(0.9, 0.999, 1e-8, 0), 1, TorchLearner.PLACES_PER_PIECE, threads, Activations.KEPT);
        try (var decoder = new TrainingDecoder(directory.config(), state.weights(), device, dtype)) {
            for (int step = 0; step < steps; step++) {
                int first = step * BATCH;
                List<Text> batch = IntStream.range(first, first + BATCH)
                        .mapToObj(i -> texts.get(i % texts.size()))
                        .toList();
                trainer.step(decoder, state, Imitation.batch(batch), Noise.none(), 1e-6);
                if ((step + 1) % Math.max(1, steps / READINGS) == 0) {
                    each.accept(step + 1L);
                }
            }
        }
    }
}
