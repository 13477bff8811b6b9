package dev.hone.app.wiring;

import dev.hone.app.external.ExternalLearner;
import dev.hone.app.settings.DeviceChoice;
import dev.hone.app.settings.Precision;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SpecialTokens;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.generate.Generator;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.store.RecordedRun;
import dev.hone.torch.Devices;
import dev.hone.torch.LocalModels;
import dev.hone.torch.RewardJudge;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.TorchLearner;
import dev.hone.torch.TorchLikelihood;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.SpecialText;
import java.nio.file.Path;
import java.util.Optional;

/// The engine of this machine.
///
/// @param likelihood scores as the learner computes
public record LocalEngine(LocalModels models, TorchGenerator generator, Learner learner, TorchLikelihood likelihood)
        implements Engine {

    /// Below it nothing but accuracy is to be won.
    private static final long LARGE = 20_000_000;

    private static final int STEPS_BETWEEN_CHECKPOINTS = 50;

    /// @param folder where new models are written, by this process alone; what one that was killed left unfinished is
    ///     deleted
    public static LocalEngine of(Settings settings, Path folder) {
        LocalModels models = new LocalModels(
                folder, special(settings.get(RunKeys.SPECIAL_TOKENS)), device(settings.get(RunKeys.DEVICE)));
        models.sweep();
        int threads = Runtime.getRuntime().availableProcessors();
        Dtype dtype = dtype(settings.get(RunKeys.PRECISION));
        return new LocalEngine(
                models,
                new TorchGenerator(models, dtype, settings.get(RunKeys.SAMPLING_BATCH), threads),
                settings.command().isEmpty()
                        ? new TorchLearner(models, dtype, threads, STEPS_BETWEEN_CHECKPOINTS, Activations.KEPT)
                        : new ExternalLearner(models, settings.command(), settings.get(RunKeys.COMMAND_ROWS)),
                new TorchLikelihood(models, dtype, threads));
    }

    /// What is wrong with the command that is to learn, if there is one and anything is.
    public static Optional<String> problem(Settings settings) {
        return settings.command().isEmpty()
                ? Optional.empty()
                : ExternalLearner.problem(settings.command()).map(wrong -> RunKeys.COMMAND + ": " + wrong);
    }

    /// What `auto` means on this machine.
    ///
    /// @throws dev.hone.run.HoneException if it is `cuda` and something is missing for that
    public static DeviceChoice chosen(DeviceChoice given) {
        Device device = device(given);
        Devices.refuseUnlessReady(device);
        return switch (device) {
            case CPU -> DeviceChoice.CPU;
            case CUDA -> DeviceChoice.CUDA;
        };
    }

    /// What `auto` means for a model of so many parameters, on a device of this machine.
    public static Precision precision(DeviceChoice device, long parameters) {
        return parameters < LARGE || TorchGenerator.fastest(device(device)) == Dtype.FLOAT32
                ? Precision.FLOAT32
                : Precision.BFLOAT16;
    }

    private static Device device(DeviceChoice choice) {
        return switch (choice) {
            case AUTO -> Devices.best();
            case CPU -> Device.CPU;
            case CUDA -> Device.CUDA;
        };
    }

    private static SpecialText special(SpecialTokens special) {
        return switch (special) {
            case TEXT -> SpecialText.TEXT;
            case TOKENS -> SpecialText.TOKENS;
        };
    }

    private static Dtype dtype(Precision precision) {
        return precision == Precision.BFLOAT16 ? Dtype.BFLOAT16 : Dtype.FLOAT32;
    }

    @Override
    public Generator compared(Generator drawing, RecordedRun run) {
        return new ComparedGenerator(drawing, likelihood, run::figures, generator.dtype(), likelihood.dtype());
    }

    @Override
    public Judge graded(Model grading) {
        return new RewardJudge(models, grading, new RewardJudge.Reading.Outcome(), likelihood.threads());
    }

    @Override
    public Model given(Path path, String by) {
        Model model = GivenModel.at(path);
        return new Model(model.id(), model.location(), new Lineage.Given(by));
    }

    @Override
    public void ended() {
        models.forgetMoments();
    }

    @Override
    public void close() {
        models.close();
    }
}
