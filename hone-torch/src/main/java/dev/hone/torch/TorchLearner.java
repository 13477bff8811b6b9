package dev.hone.torch;

import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Adaptation;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Step;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Digest;
import dev.hone.torch.file.Fault;
import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Batches;
import dev.hone.torch.learn.Checkpoints;
import dev.hone.torch.learn.Course;
import dev.hone.torch.learn.HeldOut;
import dev.hone.torch.learn.KeptReadouts;
import dev.hone.torch.learn.MemoryPlan;
import dev.hone.torch.learn.Parameters;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.learn.Tuning;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Criterion;
import dev.hone.torch.objective.Lessons;
import dev.hone.torch.objective.Reader;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Trains a model of this machine: all its weights, or an adapter that is merged in the end.
///
/// @param dtype that products are computed in; weights and moments are float32 in any case
/// @param threads that compute; changes the speed, never a bit of the result
/// @param stepsBetweenCheckpoints after how many optimizer steps the state is written to the step's folder
/// @param activations whether memory is saved by computing twice
public record TorchLearner(
        LocalModels models, Dtype dtype, int threads, int stepsBetweenCheckpoints, Activations activations)
        implements Learner {

    /// A piece of a batch: few enough places for a layer's activations to stay in a core's cache.
    static final int PLACES_PER_PIECE = 2_048;

    public TorchLearner {
        if (threads < 1 || stepsBetweenCheckpoints < 1) {
            throw new IllegalArgumentException("threads " + threads + " and stepsBetweenCheckpoints "
                    + stepsBetweenCheckpoints + " must be at least 1");
        }
    }

    /// Float32, a thread a core, a checkpoint every 50 steps.
    public static TorchLearner on(LocalModels models) {
        return new TorchLearner(
                models, Dtype.FLOAT32, Runtime.getRuntime().availableProcessors(), 50, Activations.KEPT);
    }

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        Learned learned = learned(start, examples, objective, training, step);
        Heap.release();
        return learned;
    }

    @Override
    public void release(Model model) {
        models.release(model);
    }

    private <E extends Examples> Learned learned(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        LoadedModel model = models.load(start.weights());
        HeadKind head = HeadKind.of(objective);
        var size = Tuning.Size.of(model.config(), training.adaptation(), head);
        MemoryPlan.Room room = MemoryPlan.Room.here(models.device());
        plan(model.config(), size, MemoryPlan.Work.NONE).refuseUnlessItFits(room); // before any of it is taken
        Tuning tuning = Tuning.of(model, training.adaptation(), head, step.seed());
        var checkpoints = new Checkpoints(
                step.folder().resolve("checkpoint"),
                fingerprint(start, examples, objective, training, step),
                stepsBetweenCheckpoints);
        Batches batches = batches(examples, training, step);
        HeldOut heldOut = heldOut(examples, batches, checkpoints);
        var state = new TrainingState(tuning.learning());
        var parameters = new Parameters(tuning.frozen(), state.weights(), models.device(), dtype);
        try (var decoder = new TrainingDecoder(model.config(), parameters, tuning.adapterScale())) {
            Criterion criterion = lessons(start, model, decoder, checkpoints.folder())
                    .of(objective, examples, everyBatch(batches, heldOut));
            MemoryPlan plan = plan(model.config(), size, work(model, criterion, training));
            plan.refuseUnlessItFits(room);
            step.progress(0, batches.steps(), "steps", plan.told());
            takeUp(start, training, state, decoder, checkpoints);
            new Course(trainer(model, training), criterion, batches, heldOut, checkpoints, step)
                    .run(decoder, state, tuning.dropout());
        }
        return finish(start, tuning, state, step);
    }

    private static Batches batches(Examples examples, Training training, Step step) {
        int last = training.stopping() instanceof Training.Stopping.HeldOut(int held, int _, int _) ? held : 0;
        if (examples.size() - last < 1) {
            throw new IllegalArgumentException("there are no examples to learn from: " + examples.size() + ", of which "
                    + last + " are held out; add some or skip this step");
        }
        return new Batches(examples.size() - last, training, step.seed());
    }

    private static HeldOut heldOut(Examples examples, Batches batches, Checkpoints checkpoints) {
        return new HeldOut(
                batches.training().stopping(),
                IntStream.range(batches.examples(), examples.size()).boxed().toList(),
                batches.steps(),
                checkpoints.folder().resolve("best.safetensors"));
    }

    private static Supplier<List<List<Integer>>> everyBatch(Batches batches, HeldOut heldOut) {
        return () -> {
            List<List<Integer>> all = new ArrayList<>(batches.all());
            all.add(heldOut.examples());
            return all;
        };
    }

    /// @param decoder with the weights at the start
    private Lessons lessons(Start start, LoadedModel model, TrainingDecoder decoder, Path folder) {
        var scoring = new Scoring(threads);
        var atStart = new KeptReadouts(folder, readBy() + start.weights().id(), texts -> scoring.read(decoder, texts));
        Reader other = texts -> {
            LoadedModel loaded = models.load(start.reference());
            try (var reference = TrainingDecoder.reading(loaded.config(), loaded.tensors(), models.device(), dtype)) {
                return scoring.read(reference, texts);
            }
        };
        return new Lessons(
                model,
                atStart,
                start.reference().id().equals(start.weights().id())
                        ? atStart
                        : new KeptReadouts(folder, readBy() + start.reference().id(), other));
    }

    /// On another device or in other numbers the same weights say something else.
    private String readBy() {
        return models.device() + " " + dtype + " ";
    }

    private void takeUp(
            Start start, Training training, TrainingState state, TrainingDecoder decoder, Checkpoints checkpoints) {
        boolean isCarried = start.optimizer() == Start.OptimizerState.CARRIED;
        if (isCarried && training.adaptation() instanceof Adaptation.Lora) {
            throw Fault.settings(
                    "an adapter starts anew in every round and cannot carry the optimizer's moments over",
                    "start with OptimizerState.FRESH, or learn all weights");
        }
        if (checkpoints.resume(state)) {
            state.weights().forEach((name, weight) -> decoder.parameters().set(name, weight.values()));
        } else if (isCarried) {
            carryOver(state, start.weights());
        }
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

    private MemoryPlan plan(DecoderConfig config, Tuning.Size size, MemoryPlan.Work work) {
        return MemoryPlan.of(config, size, work, dtype, new Transfer(models.device()).threads(threads), activations);
    }

    private static MemoryPlan.Work work(LoadedModel model, Criterion criterion, Training training) {
        return MemoryPlan.Work.of(criterion.texts(), criterion.examples(), training.batch(), placesPerPiece(model));
    }

    private static int placesPerPiece(LoadedModel model) {
        return Math.min(PLACES_PER_PIECE, Math.max(1, (1 << 27) / model.config().vocabulary()));
    }

    private Trainer trainer(LoadedModel model, Training training) {
        var settings = training.adamW();
        return new Trainer(
                new AdamW(settings.beta1(), settings.beta2(), settings.epsilon(), settings.weightDecay()),
                training.maxGradientNorm(),
                placesPerPiece(model),
                threads,
                activations);
    }

    private Learned finish(Start start, Tuning tuning, TrainingState state, Step step) {
        ModelDirectory made = tuning.write(models.folder(), state.weights());
        Model learned = LocalModels.handle(
                made, new Lineage.Learned(start.weights().id(), step.run(), step.name(), step.round()));
        if (tuning.adaptation() instanceof Adaptation.Full) {
            saveMoments(state, learned);
        }
        return new Learned(learned, state.losses(), state.tokens());
    }

    private void saveMoments(TrainingState state, Model learned) {
        Path moments = models.moments(learned.id());
        try {
            Files.createDirectories(moments.getParent());
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + moments, broken);
        }
        state.saveMoments(moments);
    }

    private <E extends Examples> String fingerprint(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        Digest digest = new Digest()
                .add(models.device().name())
                .add(models.special().name())
                .add(dtype.name())
                .add(activations.name())
                .add(start.weights().id())
                .add(start.reference().id())
                .add(start.optimizer().name())
                .add(objective.toString())
                .add(training.toString())
                .add(Long.toString(step.seed().value()));
        examples.all().forEach(example -> digest.add(example.toString()));
        return digest.hex();
    }
}
