package dev.hone.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What can be done with a model besides improving it.
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Fetch a model, look at it and at what it sees, convert it, compare it with transformers.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hone model info embedded",
            "  hone model pull HuggingFaceTB/SmolLM2-135M-Instruct",
            "  hone model convert my-model smaller --dtype bfloat16",
            "  hone model render my-model --example chats.jsonl",
            "  hone model parity my-model --expected expected.json"
        })
final class ModelCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Optional.ofNullable(spec)
                .ifPresent(
                        known -> known.commandLine().usage(known.commandLine().getOut()));
    }
}
