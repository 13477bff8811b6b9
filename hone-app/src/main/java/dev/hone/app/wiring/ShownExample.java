package dev.hone.app.wiring;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.torch.LocalModels;
import dev.hone.torch.RenderedExample;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.SpecialText;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An example that somebody wants to see as a model sees it.
public sealed interface ShownExample {

    /// Where it comes from.
    String name();

    /// A prompt, to be answered.
    record Asked(String name, List<Message> prompt) implements ShownExample {
        public Asked {
            prompt = List.copyOf(prompt);
        }
    }

    /// A prompt with an answer, to be learned.
    record Answered(String name, Demonstration demonstration) implements ShownExample {}

    /// What an example became.
    record Rendered(String name, RenderedExample example) {}

    /// @param lines each a JSON object, blank ones left out
    /// @param file for messages
    /// @param model a model's folder, a GGUF file, or `embedded`
    /// @param special what the text of a special token in a message is
    static List<Rendered> render(BufferedReader lines, String file, String model, SpecialText special) {
        List<ShownExample> examples = read(lines, file);
        var given = GivenModel.named(model);
        try (LocalModels models = new LocalModels(Cache.folder().resolve("models"), special, Device.CPU)) {
            return examples.stream()
                    .map(example -> new Rendered(
                            example.name(),
                            switch (example) {
                                case Asked(var _, List<Message> prompt) -> models.render(given, prompt);
                                case Answered(var _, Demonstration demonstration) ->
                                    models.render(given, demonstration);
                            }))
                    .toList();
        }
    }

    private static List<ShownExample> read(BufferedReader lines, String file) {
        List<ShownExample> examples = new ArrayList<>();
        try {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    examples.addAll(ExampleLine.read(line, file + ":" + number).shown());
                }
            }
        } catch (IOException broken) {
            throw new HoneException(
                    Kind.DATA, "cannot read " + file + " as UTF-8: " + broken + "; check the file", broken);
        }
        if (examples.isEmpty()) {
            throw new HoneException(Kind.DATA, file + " has no examples; give one JSON object a line");
        }
        return examples;
    }
}
