package dev.hone.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Fetches a model from a hub.
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fetch a model from huggingface.co or another hub: its config, safetensors and tokenizer, or one GGUF"
                    + " file.",
            "Every file is checked against the hash that the hub lists. When the command is repeated, it goes on where"
                    + " it stopped; the folder is there when it is complete.",
            "The environment may set HF_ENDPOINT, and HF_TOKEN for models that are private or gated.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hone model pull HuggingFaceTB/SmolLM2-135M-Instruct",
            "  hone model pull Qwen/Qwen3-0.6B@main models/qwen3",
            "  hone model pull OWNER/NAME/model.Q4_K_M.gguf"
        })
final class ModelPullCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "OWNER/NAME, OWNER/NAME/FILE.gguf, either with @REVISION, or the address of its page.")
    private String model = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The model's folder, new or empty; NAME in the current folder.")
    private @Nullable Path folder;

    @Option(names = "--revision", paramLabel = "NAME", description = "A branch, a tag or a commit; main.")
    private String revision = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The hub; HF_ENDPOINT of the environment, else https://huggingface.co.")
    private @Nullable String endpoint;

    /// @param environment variables of the process
    ModelPullCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return Pulling.of(console, environment, endpoint).pull(model, revision, folder);
    }
}
