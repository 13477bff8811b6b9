package dev.hone.generate;

import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Part;
import dev.hone.data.Sample;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;

/// Writes completions.
public interface Generator {

    /// Draws `samples` completions for each prompt.
    ///
    /// A sample depends on the model, its prompt, its settings and its seed ([#seed]), on nothing else: not
    /// on the other prompts, their order, the batch or the threads. A prompt that cannot be served gives
    /// samples that [failed][dev.hone.data.Finish.Failed]; the others go on.
    ///
    /// @return prompt by prompt in the order given, for each its samples by index
    List<Sample> generate(Model model, List<Prompt> prompts, Step step);

    /// The seed of a sample: of the step, then the problem, then the forced prefix if there is one, then the hint if
    /// there is one, then the index.
    static Seed seed(Step step, Prompt prompt, int index) {
        Seed asked = step.seed().derive(prompt.problem().id());
        Seed begun = switch (prompt.origin()) {
            case Origin.Fresh() -> asked;
            case Origin.Forked(String parent, var kept) -> asked.derive(parent).derive(kept.size());
            case Origin.Begun(String parent, String text) ->
                asked.derive(parent).derive(text);
        };
        Seed seen = switch (prompt.hint()) {
            case Hint.None() -> begun;
            case Hint.Shown(List<Message> messages) -> of(begun, messages);
        };
        return seen.derive(index);
    }

    /// The id of a sample: `step/round/problem/index`. Before the index stand the parent and the size of a forced
    /// prefix, or the parent and a hash of a forced text, in round brackets, and a hash of a hint in square ones: a
    /// problem that is asked in several ways in one step has ids of its own for each.
    static String id(Step step, Prompt prompt, int index) {
        String start = step.name() + "/" + step.round() + "/" + prompt.problem().id() + "/";
        String begun = switch (prompt.origin()) {
            case Origin.Fresh() -> "";
            case Origin.Forked(String parent, var kept) -> "(" + parent + ":" + kept.size() + ")/";
            case Origin.Begun(String parent, String text) -> "(" + parent + "~" + hash(new Seed(0).derive(text)) + ")/";
        };
        String seen = switch (prompt.hint()) {
            case Hint.None() -> "";
            case Hint.Shown(List<Message> messages) -> "[" + hash(of(new Seed(0), messages)) + "]/";
        };
        return start + begun + seen + index;
    }

    private static String hash(Seed seed) {
        return HexFormat.of().toHexDigits(seed.value());
    }

    private static Seed of(Seed start, List<Message> messages) {
        Seed seed = start;
        for (Message message : messages) {
            seed = seed.derive(message.role().name());
            for (Part part : message.parts()) {
                seed = switch (part) {
                    case Part.Text(String text) -> seed.derive(text);
                    case Part.Image(URI source) -> seed.derive("image").derive(source.toString());
                    case Part.ToolCall(String id, String name, String arguments) ->
                        seed.derive("call").derive(id).derive(name).derive(arguments);
                    case Part.ToolResult(String callId, String text) ->
                        seed.derive("result").derive(callId).derive(text);
                };
            }
        }
        return seed;
    }
}
