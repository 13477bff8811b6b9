package dev.hone.torch;

import dev.hone.data.Model;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.Device;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Compares what this engine computes with a model, in float32, with what transformers computed with the same files.
///
/// Two forms of expectations are read: that of a tiny model with all its figures (logits, log-probabilities, greedy
/// tokens, losses, gradients, three optimizer steps, preference losses), and that of a model with its tokenizer
/// (token ids, log-probabilities, greedy continuations of chats).
public final class Parity {
    private Parity() {}

    /// One thing that was compared.
    ///
    /// @param name what, with its measure: a relative norm, a difference, a count
    /// @param got how far it is off, at least 0; NaN if a number was one
    /// @param bound how far it may be off
    public record Line(String name, double got, double bound) {
        /// Whether it is not over.
        public boolean within() {
            return got <= bound;
        }
    }

    /// @param expected a JSON file of either form
    /// @param device where the model is computed
    /// @return in the order of the file, at least one
    /// @throws dev.hone.run.HoneException if one of them cannot be read or they do not belong together
    public static List<Line> of(Model model, Path expected, Device device) {
        ModelDirectory directory = ModelDirectory.of(model);
        var file = new ExpectedFile(Json.object(SafeFiles.text(expected), expected.toString()), expected);
        JsonNode root = file.root();
        if (root.has("sft")) {
            return new TensorParity(directory, file, device).lines();
        }
        if (root.has("logprobs")) {
            return new TextParity(directory, file, device).lines();
        }
        throw Fault.data(
                expected + " has neither \"sft\" nor \"logprobs\"",
                "give a file that parity/make.py or models/expected.py wrote");
    }
}
