package dev.hone.torch;

import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Trains all weights of a model of this machine.
///
/// @param threads that compute; changes the speed, never a bit of the result
/// @param stepsBetweenCheckpoints after how many optimizer steps the state is written to the step's folder
public record TorchLearner(LocalModels models, int threads, int stepsBetweenCheckpoints) implements Learner {

    /// A piece of a batch: few enough places for a layer's activations to stay in a core's cache.
    private static final int PLACES_PER_PIECE = 2_048;

    public TorchLearner {
        if (threads < 1 || stepsBetweenCheckpoints < 1) {
            throw new IllegalArgumentException("threads " + threads + " and stepsBetweenCheckpoints "
                    + stepsBetweenCheckpoints + " must be at least 1");
        }
    }

    /// A thread a core, a checkpoint every 50 steps.
    public static TorchLearner on(LocalModels models) {
        return new TorchLearner(models, Runtime.getRuntime().availableProcessors(), 50);
    }

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there are no examples to learn from; add some or skip this step");
        }
        return switch (objective) {
            case Objective.Sft() -> imitate(start, (Examples.Demonstrations) examples, training, step);
        };
    }

    private Learned imitate(Start start, Examples.Demonstrations examples, Training training, Step step) {
        LoadedModel model = models.load(start.weights());
        List<Text> texts = examples.all().stream()
                .map(each -> model.taught(each).text((float) each.weight()))
                .toList();
        var state = new TrainingState(model.config(), model.weights());
        Path folder = step.folder().resolve("checkpoint");
        String fingerprint = fingerprint(start, texts, training, step);
        if (!state.resume(folder, fingerprint) && start.optimizer() == Start.OptimizerState.CARRIED) {
            carryOver(state, start.weights());
        }
        int steps = training.length().steps(texts.size(), training.batch());
        var settings = training.adamW();
        var trainer = new Trainer(
                new AdamW(settings.beta1(), settings.beta2(), settings.epsilon(), settings.weightDecay()),
                training.maxGradientNorm(),
                Math.min(
                        PLACES_PER_PIECE, Math.max(1, (1 << 27) / model.config().vocabulary())),
                threads);
        try (var decoder = new TrainingDecoder(model.config(), state.weights)) {
            while (state.step() < steps) {
                stopSafely(step, state, folder, fingerprint);
                int at = state.step();
                double rate = training.learningRate() * training.schedule().factor(at, steps);
                double loss = trainer.step(decoder, state, batch(texts, training, at, step.seed()), rate);
                step.progress(state.step(), steps, "steps", "loss %.3f".formatted(loss));
                if (state.step() % stepsBetweenCheckpoints == 0) {
                    state.save(folder, fingerprint);
                }
            }
        }
        return finish(start, model, state, step);
    }

    private Learned finish(Start start, LoadedModel model, TrainingState state, Step step) {
        ModelDirectory made =
                ModelDirectory.write(models.folder(), model.directory().texts(), state.weights);
        Model learned = LocalModels.handle(
                made, new Lineage.Learned(start.weights().id(), step.run(), step.name(), step.round()));
        Path moments = models.moments(learned.id());
        try {
            Files.createDirectories(models.folder().resolve("optimizer"));
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + moments, broken);
        }
        state.saveMoments(moments);
        return new Learned(learned, state.losses, state.tokens);
    }

    private void carryOver(TrainingState state, Model from) {
        Path moments = models.moments(from.id());
        if (!Files.isRegularFile(moments)) {
            throw Fault.settings(
                    "the optimizer's moments of model " + from.id() + " were not kept: there is no " + moments,
                    "start with OptimizerState.FRESH");
        }
        state.loadMoments(moments);
    }

    private static void stopSafely(Step step, TrainingState state, Path folder, String fingerprint) {
        try {
            step.mayStop();
        } catch (HoneException stopped) {
            state.save(folder, fingerprint);
            throw stopped;
        }
    }

    /// The examples of one optimizer step, counted from 0.
    static List<Text> batch(List<Text> texts, Training training, int at, Seed seed) {
        int perPass = Math.ceilDiv(texts.size(), training.batch());
        int[] order = order(texts.size(), training.order(), at / perPass, seed);
        int from = at % perPass * training.batch();
        List<Text> batch = new ArrayList<>();
        for (int i = from; i < Math.min(texts.size(), from + training.batch()); i++) {
            batch.add(texts.get(order[i]));
        }
        return batch;
    }

    private static int[] order(int size, Training.Order order, int pass, Seed seed) {
        int[] indices = new int[size];
        for (int i = 0; i < size; i++) {
            indices[i] = i;
        }
        if (order == Training.Order.SHUFFLED) {
            SplittableRandom random = seed.derive("order").derive(pass).random();
            for (int i = size - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int moved = indices[i];
                indices[i] = indices[other];
                indices[other] = moved;
            }
        }
        return indices;
    }

    /// Of all that decides the result: a checkpoint of anything else must not be continued.
    private String fingerprint(Start start, List<Text> texts, Training training, Step step) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
        String settings = start.weights().id() + start.optimizer() + training + step.seed();
        digest.update(settings.getBytes(StandardCharsets.UTF_8));
        for (Text text : texts) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * text.ids().length + 4).putInt(text.ids().length);
            for (int i = 0; i < text.ids().length; i++) {
                bytes.putInt(text.ids()[i]).putFloat(text.weights()[i]);
            }
            digest.update(bytes.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
