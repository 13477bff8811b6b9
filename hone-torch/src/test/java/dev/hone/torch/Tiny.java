package dev.hone.torch;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.torch.model.DecoderConfig;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// Small things that several tests need.
public final class Tiny {
    public static final String CHARACTERS = "0123456789+-*/=() \nT";

    private Tiny() {}

    public static NewModel shape() {
        return new NewModel(CHARACTERS, 32, 48, 2, 4, 64);
    }

    /// Of [#shape].
    public static DecoderConfig config() {
        return shape().config();
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
