package dev.hone.app;

import dev.hone.app.wiring.ShownExample;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.torch.setting.SpecialText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows examples as a model sees them.
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show examples as a model sees them: text, token ids, and which tokens are in the loss.",
            "A line is {\"messages\": [...]}, or {\"prompt\": ..., \"completion\": ...}, or {\"prompt\": ..., \"chosen\": ...,"
                    + " \"rejected\": ...}, or {\"prompt\": ...}; a prompt is a text or messages."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hone model render my-model --example chats.jsonl",
            "  echo '{\"prompt\": \"2+2=\", \"completion\": \"4\"}' | hone model render embedded --example -"
        })
final class ModelRenderCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Console console;
    private final InputStream in;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's folder, a GGUF file, or \"embedded\".")
    private String model = "";

    @Option(
            names = "--example",
            required = true,
            paramLabel = "FILE",
            description = "Examples, a JSON object a line; - for standard input.")
    private String example = STANDARD_INPUT;

    @Option(
            names = "--special-tokens",
            paramLabel = "text|tokens",
            defaultValue = "text",
            description = "What the text of a special token in a message is; ${DEFAULT-VALUE}.")
    private SpecialText special = SpecialText.TEXT;

    @Option(names = "--json", description = "A JSON list on standard output.")
    private boolean json;

    ModelRenderCommand(Console console, InputStream in) {
        this.console = console;
        this.in = in;
    }

    @Override
    public Integer call() {
        try (BufferedReader lines = open()) {
            String file = example.equals(STANDARD_INPUT) ? "standard input" : example;
            List<ShownExample.Rendered> rendered = ShownExample.render(lines, file, model, special);
            console.out().print(json ? RenderPage.json(rendered) : RenderPage.text(rendered));
            console.out().flush();
            return Exit.OK;
        } catch (IOException broken) {
            throw new HoneException(Kind.DATA, "cannot read " + example + ": " + broken + "; check the file", broken);
        }
    }

    private BufferedReader open() throws IOException {
        if (example.equals(STANDARD_INPUT)) {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        Path file = Path.of(example);
        if (!Files.isRegularFile(file)) {
            throw new HoneException(
                    Kind.DATA, "there is no file " + file + "; give a file of examples, or - for standard input");
        }
        return Files.newBufferedReader(file);
    }
}
