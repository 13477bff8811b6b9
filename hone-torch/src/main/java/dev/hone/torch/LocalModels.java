package dev.hone.torch;

import dev.hone.data.Demonstration;
import dev.hone.data.Lineage;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Tokens;
import dev.hone.run.Seed;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Weight;
import dev.hone.torch.gguf.GgufConfig;
import dev.hone.torch.gguf.GgufConversion;
import dev.hone.torch.gguf.GgufFile;
import dev.hone.torch.gguf.GgufWeights;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.DirectoryWriter;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.LoraWeights;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PeftFiles;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.tokenizer.CharacterVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models of this machine: where new ones are written, and those that are loaded, by id.
///
/// It is the one thing of the engine that must be closed. The three that were used last stay loaded.
///
/// @see TorchGenerator
/// @see TorchLikelihood
/// @see TorchLearner
public final class LocalModels implements AutoCloseable {
    private static final int KEPT = 3;

    /// The folder of the optimizers' moments, beside the models.
    private static final String MOMENTS = "optimizer";

    private final Path folder;
    private final SpecialText special;
    private final Device device;
    private final Map<String, LoadedModel> loaded = new LinkedHashMap<>(8, 0.75f, true);

    /// Models that are computed on this machine's processor.
    ///
    /// @param folder where new models are written, each in a directory named by its id; need not exist yet
    public LocalModels(Path folder) {
        this(folder, SpecialText.TEXT, Device.CPU);
    }

    /// @param folder where new models are written, each in a directory named by its id; need not exist yet
    /// @param special what the text of a special token in a message or an answer is
    /// @param device where they are computed, whoever draws, scores or learns
    public LocalModels(Path folder, SpecialText special, Device device) {
        this.folder = folder;
        this.special = special;
        this.device = device;
    }

    /// A handle on a directory in the form of Hugging Face transformers, or on a GGUF file, of which such a
    /// directory is made here the first time. Reads all bytes once, to name them.
    ///
    /// @param path a directory, or a file that ends in `.gguf`
    /// @throws dev.hone.run.HoneException if it is neither, cut or damaged, or of a family that is not
    ///     supported
    public Model open(Path path) {
        boolean isGguf = path.toString().endsWith(GgufConversion.SUFFIX);
        if (Files.isRegularFile(path) && !isGguf) {
            throw Fault.data(
                    path + " is a file, and a model is a directory in the form of Hugging Face or a file that ends in "
                            + GgufConversion.SUFFIX,
                    "point to one of these");
        }
        ModelDirectory directory =
                Files.isRegularFile(path) ? new GgufConversion(folder).directory(path) : ModelDirectory.open(path);
        return handle(directory, new Lineage.Given(path.toAbsolutePath().toString()));
    }

    /// How many numbers the weights in a GGUF file are, by its header.
    ///
    /// @throws dev.hone.run.HoneException if it is cut, damaged or of a kind that is not supported
    public static long parameters(Path file) {
        try (GgufFile gguf = GgufFile.open(file)) {
            return new GgufWeights(gguf, GgufConfig.of(gguf))
                    .kinds().values().stream()
                            .mapToLong(kind -> Weight.count(kind.shape()))
                            .sum();
        }
    }

    /// A demonstration as a model reads it. No weights are read.
    ///
    /// @throws dev.hone.run.HoneException if it cannot be written in this model's tokens or is too long
    public RenderedExample render(Model model, Demonstration demonstration) {
        return RenderedExample.of(load(model), demonstration);
    }

    /// A prompt as a model reads it. No weights are read.
    ///
    /// @throws dev.hone.run.HoneException if it cannot be written in this model's tokens
    public RenderedExample render(Model model, List<Message> prompt) {
        return RenderedExample.of(load(model), prompt);
    }

    /// A decoder of the Llama family that has learned nothing, with a vocabulary of characters.
    ///
    /// @param seed of its weights; the same shape and seed give the same model
    public Model create(NewModel shape, Seed seed) {
        DecoderConfig config = shape.config();
        ModelDirectory made = ModelDirectory.write(
                folder,
                ModelDirectory.texts(config, CharacterVocabulary.of(shape.characters())),
                RandomWeights.of(config, seed));
        return handle(made, new Lineage.Given("random weights of seed " + seed.value()));
    }

    /// A model with a low-rank adapter merged into it.
    ///
    /// @param adapter a folder in PEFT's form: `adapter_config.json` and `adapter_model.safetensors`
    /// @throws dev.hone.run.HoneException if the adapter cannot be read or belongs to another model
    public Model adapted(Model base, Path adapter) {
        LoadedModel loaded = load(base);
        DecoderConfig config = loaded.config();
        PeftFiles.Adapter read = PeftFiles.read(adapter, config);
        Map<String, Weight> merged = LoraWeights.merged(
                loaded.weights(),
                read.weights(),
                LoraWeights.matrices(read.lora(), config),
                read.lora().scale());
        return handle(
                ModelDirectory.write(folder, loaded.directory().texts(), merged),
                new Lineage.Given(base.id() + " with the adapter " + adapter.toAbsolutePath()));
    }

    /// Takes a finished model directory of somebody else's over: copies it, number by number, to where new
    /// models are written.
    ///
    /// @throws dev.hone.run.HoneException if it is no model directory or its tensors do not fit its config
    public Model adopted(Path directory) {
        ModelDirectory made = ModelDirectory.open(directory);
        return handle(
                DirectoryWriter.exact().underItsId(folder, made.texts(), made.tensors()),
                new Lineage.Given(directory.toAbsolutePath().toString()));
    }

    /// The text of tokens as a model's tokenizer reads them, special ones left out.
    public String text(Model model, Tokens tokens) {
        return load(model).tokenizer().decode(tokens.ids());
    }

    /// Deletes a model that was written here and that nobody uses any more, and the optimizer's moments with which it
    /// was learned. One that lies elsewhere is left alone.
    public synchronized void release(Model model) {
        Path written = folder.resolve(model.id());
        boolean isHere = "file".equals(model.location().getScheme())
                && Path.of(model.location())
                        .toAbsolutePath()
                        .normalize()
                        .equals(written.toAbsolutePath().normalize());
        if (isHere) {
            LoadedModel gone = loaded.remove(model.id());
            if (gone != null) {
                gone.close();
            }
            SafeFiles.delete(moments(model.id()));
            SafeFiles.delete(written);
        }
    }

    /// Deletes the optimizers' moments of all models: nothing will carry those on.
    public void forgetMoments() {
        SafeFiles.delete(folder.resolve(MOMENTS));
    }

    /// Deletes what a process that was killed while it wrote a model has left. Only for the one who alone writes to
    /// this folder, before it does.
    public void sweep() {
        DirectoryWriter.sweep(folder);
        GgufConversion.sweep(folder);
    }

    static Model handle(ModelDirectory directory, Lineage lineage) {
        return new Model(directory.id(), directory.path().toUri(), lineage);
    }

    /// Where they are computed.
    Device device() {
        return device;
    }

    /// What the text of a special token is.
    SpecialText special() {
        return special;
    }

    Path folder() {
        return folder;
    }

    /// Where the optimizer's moments with which a model was learned are kept.
    Path moments(String model) {
        return folder.resolve(MOMENTS).resolve(model + ".safetensors");
    }

    /// The model, loaded if it was not. Its files are read once more then, so that what is computed with is what
    /// its id names: the weights that a learner wrote, and not what became of them since.
    ///
    /// @throws dev.hone.run.HoneException if the files have changed
    synchronized LoadedModel load(Model model) {
        LoadedModel known = loaded.get(model.id());
        if (known != null) {
            return known;
        }
        ModelDirectory directory = ModelDirectory.of(model);
        refuseOther(model, directory);
        var fresh = LoadedModel.of(directory, special);
        loaded.put(model.id(), fresh);
        if (loaded.size() > KEPT) {
            var eldest = loaded.entrySet().iterator();
            eldest.next();
            eldest.remove(); // somebody may use it still: its arrays and its tokenizer go with the last one who does
        }
        return fresh;
    }

    private static void refuseOther(Model model, ModelDirectory directory) {
        String id = directory.id();
        if (!id.equals(model.id())) {
            throw Fault.data(
                    "the files in " + directory.path() + " are those of model " + id + " now, and model " + model.id()
                            + " is asked for: they were changed since it was made",
                    "put them back as they were, or start anew from the changed model");
        }
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(LoadedModel::close);
        loaded.clear();
    }
}
