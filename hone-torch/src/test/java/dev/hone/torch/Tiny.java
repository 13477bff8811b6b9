package dev.hone.torch;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.torch.file.Weight;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.SpecialText;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Small things that several tests need.
public final class Tiny {
    public static final String CHARACTERS = "0123456789+-*/=() \nT";

    private Tiny() {}

    /// Where the tests compute what can be computed on either device: `-Dhone.device=cuda` runs them on a GPU.
    public static Device device() {
        return Device.valueOf(System.getProperty("hone.device", "cpu").toUpperCase(Locale.ROOT));
    }

    /// Models below a folder, on that device.
    public static LocalModels models(Path folder) {
        return new LocalModels(folder, SpecialText.TEXT, device());
    }

    /// A decoder on that device, all of whose weights learn, in float32.
    public static TrainingDecoder decoder(DecoderConfig config, Map<String, Weight> weights) {
        return new TrainingDecoder(config, weights, device(), Dtype.FLOAT32);
    }

    public static NewModel shape() {
        return new NewModel(CHARACTERS, 32, 48, 2, 4, 64);
    }

    /// Of [#shape].
    public static DecoderConfig config() {
        return shape().config();
    }

    /// The same with other attention and room for longer texts.
    public static DecoderConfig config(int heads, int keyValueHeads, int headSize, int context) {
        DecoderConfig of = config();
        return new DecoderConfig(
                of.family(),
                of.vocabulary(),
                of.hidden(),
                of.intermediate(),
                of.layers(),
                heads,
                keyValueHeads,
                headSize,
                context,
                of.normEpsilon(),
                of.rope(),
                of.tied(),
                of.initializerRange(),
                of.specials());
    }

    /// The same with another vocabulary.
    public static DecoderConfig config(String characters) {
        return new NewModel(characters, 32, 48, 2, 4, 64).config();
    }

    static Step step(String name, Path folder, Runnable stop) {
        return new Step("run", name, 1, new Seed(7).derive(name), folder, event -> {}, stop);
    }

    public static Step step(String name, Path folder) {
        return step(name, folder, () -> {});
    }

    public static Problem problem(String id, String prompt) {
        return new Problem(id, List.of(Message.user(prompt)), new Reference.None(), Split.TRAIN, new TreeMap<>());
    }

    public static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Tiny.class.getResource(name), name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
