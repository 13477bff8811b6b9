package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.Settings;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.generate.Generator;
import dev.hone.learn.Learner;
import dev.hone.torch.Dtype;
import dev.hone.torch.LocalModels;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.TorchLearner;
import java.nio.file.Path;

/// The engine of this machine.
public record LocalEngine(LocalModels models, Generator generator, Learner learner) implements Engine {

    /// @param folder where new models are written
    public static LocalEngine of(Settings settings, Path folder) {
        LocalModels models = new LocalModels(folder);
        int threads = Runtime.getRuntime().availableProcessors();
        return new LocalEngine(
                models,
                new TorchGenerator(models, Dtype.FLOAT32, settings.get(Key.SAMPLING_BATCH), threads),
                TorchLearner.on(models));
    }

    @Override
    public Model given(Path path, String by) {
        Model model = GivenModel.at(path);
        return new Model(model.id(), model.location(), new Lineage.Given(by));
    }

    @Override
    public void close() {
        models.close();
    }
}
