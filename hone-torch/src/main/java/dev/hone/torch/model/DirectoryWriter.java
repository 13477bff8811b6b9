package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Shards;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.setting.StoredDtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes a model directory, and names it only after it was read back: every number must be the one that
/// was meant, bit for bit, and the logits of a short text, computed from the files alone, must be those of
/// the source.
///
/// Writing and reading back hold one tensor at a time: a model is never in memory because of its export.
///
/// @param dtype of the numbers on disk
/// @param largestShard bytes of tensors in a file, at least 1
public record DirectoryWriter(StoredDtype dtype, long largestShard) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PROBE_TOKENS = 4;

    /// Begins the name of a directory that is not finished.
    private static final String UNFINISHED = ".part-";

    /// In float32, as training needs it.
    public static DirectoryWriter exact() {
        return new DirectoryWriter(StoredDtype.F32, Shards.LARGEST);
    }

    /// Writes a copy of a model beside `folder`, then renames it to that. An adapter and a value head that lie beside
    /// its weights come along byte for byte.
    ///
    /// @param folder new or empty
    /// @return how far the logits of the probe are from the source's: norm of the difference over norm
    /// @throws dev.hone.run.HoneException if there is something in `folder`, the model cannot be read, its
    ///     numbers do not fit into the type, or what was written does not come back
    public double copy(ModelDirectory source, Path folder) {
        return to(folder, beside -> {
            double logits = write(beside, source.texts(), source.tensors());
            source.companions().forEach(name -> copyFile(source.path().resolve(name), placeIn(beside, name)));
            return logits;
        });
    }

    private static void copyFile(Path file, Path place) {
        if (file.toString().endsWith(".safetensors")) {
            Safetensors.open(file); // one that is cut is refused by name
        }
        try {
            Files.copy(file, place);
            if (Files.mismatch(file, place) >= 0) {
                throw Fault.engine(place + " was read back and is not " + file, "check the disk and write it again");
            }
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + place, broken);
        }
    }

    /// Writes beside the place under `models` that the content's id names, then renames it to that.
    ///
    /// @param texts the files besides the weights, by name
    public ModelDirectory underItsId(Path models, Map<String, String> texts, Tensors tensors) {
        return underItsId(models, texts, tensors, Map.of());
    }

    /// As above, with tensors in files of their own. A name may be in a folder of the model's; what lies
    /// there does not count for the id.
    ///
    /// @param more tensors by the file's name, in float32
    public ModelDirectory underItsId(
            Path models, Map<String, String> texts, Tensors tensors, Map<String, Map<String, Weight>> more) {
        Path beside = beside(models);
        try {
            for (var file : new TreeMap<>(more).entrySet()) {
                Safetensors.write(placeIn(beside, file.getKey()), file.getValue());
            }
            write(beside, texts, tensors);
            Path place = models.resolve(ModelDirectory.open(beside).id());
            if (Files.isDirectory(place)) {
                SafeFiles.delete(beside); // the same content is there already
            } else {
                SafeFiles.replaceFolder(beside, place);
            }
            return ModelDirectory.open(place);
        } catch (RuntimeException failed) {
            SafeFiles.delete(beside);
            throw failed;
        }
    }

    /// Deletes what writers that were killed have left. What another one is about to write goes as well: only for
    /// the one who alone writes here.
    public static void sweep(Path models) {
        SafeFiles.list(models).stream()
                .filter(each -> each.getFileName().toString().startsWith(UNFINISHED))
                .forEach(SafeFiles::delete);
    }

    /// Writes beside `folder`, then renames it to that.
    ///
    /// @param folder new or empty
    /// @return how far the logits of the probe are from the source's: norm of the difference over norm
    public double to(Path folder, Map<String, String> texts, Tensors tensors) {
        return to(folder, beside -> write(beside, texts, tensors));
    }

    /// @param content fills the folder that it is given and says how far the logits are from the source's
    private static double to(Path folder, ToDoubleFunction<Path> content) {
        refuseUnlessEmpty(folder);
        Path beside =
                beside(Optional.ofNullable(folder.toAbsolutePath().normalize().getParent())
                        .orElse(folder));
        try {
            double logits = content.applyAsDouble(beside);
            refuseUnlessEmpty(folder); // somebody else may have put something there since
            Files.deleteIfExists(folder);
            SafeFiles.replaceFolder(beside, folder);
            return logits;
        } catch (IOException broken) {
            SafeFiles.delete(beside);
            throw Fault.storage("cannot write " + folder, broken);
        } catch (RuntimeException failed) {
            SafeFiles.delete(beside);
            throw failed;
        }
    }

    private static void refuseUnlessEmpty(Path folder) {
        if (!SafeFiles.list(folder).isEmpty() || Files.isRegularFile(folder)) {
            throw Fault.settings(folder + " is not empty", "give a new or an empty folder");
        }
    }

    private static Path beside(Path parent) {
        try {
            Files.createDirectories(parent);
            for (int i = 0; ; i++) {
                Path beside =
                        parent.resolve(UNFINISHED + ProcessHandle.current().pid() + "-" + i);
                if (!Files.exists(beside)) {
                    return Files.createDirectory(beside); // with the rights that the user's folders have
                }
            }
        } catch (IOException broken) {
            throw Fault.storage("cannot write a model under " + parent, broken);
        }
    }

    private static Path placeIn(Path folder, String name) {
        Path place = folder.resolve(name);
        Path parent = folder.resolve(name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "");
        try {
            Files.createDirectories(parent);
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + place, broken);
        }
        return place;
    }

    /// @return how far the logits of the probe are from the source's
    private double write(Path beside, Map<String, String> texts, Tensors tensors) {
        for (var text : new TreeMap<>(texts).entrySet()) {
            boolean config = text.getKey().equals("config.json");
            SafeFiles.replace(placeIn(beside, text.getKey()), config ? stating(text.getValue()) : text.getValue());
        }
        DecoderConfig config = ModelDirectory.open(beside).config();
        Tensors parameters = ModelTensors.of(config, tensors, beside);
        Shards.write(beside, parameters, dtype, largestShard);
        ModelDirectory made = ModelDirectory.open(beside);
        compareNumbers(beside, parameters, made.tensors());
        return compareLogits(beside, config, parameters, made.tensors());
    }

    /// The config with the type of the numbers in it, by the name of today and that before transformers 5.
    private String stating(String config) {
        ObjectNode root = (ObjectNode) Json.object(config, "config.json");
        root.put("dtype", dtype.word());
        root.put("torch_dtype", dtype.word());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private void compareNumbers(Path folder, Tensors source, Tensors reloaded) {
        for (String name : source.kinds().keySet()) {
            float[] meant = source.read(name).values();
            float[] got = reloaded.read(name).values();
            for (int i = 0; i < meant.length; i++) {
                float rounded = dtype.rounded(meant[i]);
                if (Float.isInfinite(rounded) && !Float.isInfinite(meant[i])) {
                    throw Fault.data(
                            "tensor \"" + name + "\" holds " + meant[i] + ", beyond the range of " + dtype.word(),
                            "choose bfloat16 or float32");
                }
                if (Float.floatToRawIntBits(got[i]) != Float.floatToRawIntBits(rounded)) {
                    throw Fault.engine(
                            folder + ": tensor \"" + name + "\" was read back as " + got[i] + " at place " + i + " and "
                                    + rounded + " was written",
                            "check the disk and write it again");
                }
            }
        }
    }

    private double compareLogits(Path folder, DecoderConfig config, Tensors source, Tensors reloaded) {
        int[] probe = new int[Math.min(PROBE_TOKENS, config.context())];
        for (int i = 0; i < probe.length; i++) {
            probe[i] = (int) ((i + 1) * 7919L % config.vocabulary());
        }
        double[][] expected = new PlainDecoder(config, source).logits(probe);
        double[][] got = new PlainDecoder(config, reloaded).logits(probe);
        double difference = Distance.relative(expected, got);
        if (!(difference <= bound())) { // written so that NaN fails too
            throw Fault.engine(
                    folder + ": the logits of what was written are " + difference + " of their norm from the source's, "
                            + "allowed with " + dtype.word() + " is " + bound(),
                    "check that the source's weights are finite numbers, or write another type");
        }
        return difference;
    }

    /// About ten times what rounding every weight to nearest does.
    private double bound() {
        return switch (dtype) {
            case F32 -> 1e-4;
            case BF16 -> 1e-1;
            case F16 -> 1e-2;
        };
    }
}
