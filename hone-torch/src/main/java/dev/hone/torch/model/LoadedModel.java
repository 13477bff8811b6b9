package dev.hone.torch.model;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Weight;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.template.Unwritable;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// A model that was looked through: its weights are known and read when they are needed, its text becomes tokens.
///
/// @param ends ids of the tokens that end an answer: the one that ends an assistant's turn in its chat template, if
/// that
///     names one, and the model's own; the first is the one that is learned
public record LoadedModel(ModelDirectory directory, ModelTensors tensors, PromptWriter writer, List<Integer> ends)
        implements AutoCloseable {

    /// @param special what the text of a special token in a message is
    /// @throws dev.hone.run.HoneException if it was taught with another chat template than it has
    public static LoadedModel of(ModelDirectory directory, SpecialText special) {
        ModelTensors tensors = directory.tensors();
        PromptFormat format = PromptFormat.of(directory);
        TaughtFormat.check(directory, format);
        int vocabulary = directory.config().vocabulary();
        if (format instanceof PromptFormat.Plain(int begin) && begin >= vocabulary) {
            throw beyond(directory.path().resolve("config.json"), "bos_token_id " + begin, vocabulary);
        }
        TextTokenizer tokenizer = directory.tokenizer();
        Set<Integer> ends = new LinkedHashSet<>();
        format.turnEnd(tokenizer).ifPresent(ends::add);
        for (int end : ends) {
            if (end >= vocabulary) {
                tokenizer.close();
                throw beyond(
                        directory.path(), "the token " + end + " that ends a turn in its chat template", vocabulary);
            }
        }
        ends.addAll(directory.ends());
        return new LoadedModel(directory, tensors, new PromptWriter(tokenizer, format, special), List.copyOf(ends));
    }

    /// Frees the tokenizer, which lies outside of the Java heap: once nobody writes or reads with it any more.
    @Override
    public void close() {
        writer.close();
        tokenizer().close();
    }

    private static HoneException beyond(Path where, String what, int vocabulary) {
        return Fault.data(
                where + ": " + what + " is not in the model's vocabulary of " + vocabulary + "; allowed is 0 to "
                        + (vocabulary - 1),
                "correct the file or choose another model");
    }

    public TextTokenizer tokenizer() {
        return writer.tokenizer();
    }

    /// All parameters, read now.
    public SequencedMap<String, Weight> weights() {
        return tensors.readAll();
    }

    public DecoderConfig config() {
        return directory.config();
    }

    /// All tokens at which drawing stops.
    public int[] stops() {
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The prompt as this model reads it; see [PromptFormat].
    ///
    /// @throws Unwritable if the messages cannot be written, or the vocabulary lacks a character
    public int[] prompt(List<Message> messages) {
        return embedded(writer.prompt(messages));
    }

    /// A text as a part of a completion.
    ///
    /// @throws Unwritable if the vocabulary lacks a character
    public int[] written(String text) {
        return embedded(writer.completion(text));
    }

    private int[] embedded(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= config().vocabulary()) {
                throw new Unwritable(
                        "the text becomes token " + id + ", \"" + tokenizer().decodeAll(new int[] {id})
                                + "\", and the model's weights know tokens below " + config().vocabulary()
                                + " only: its tokenizer has more; leave that text out or choose another model");
            }
        }
        return ids;
    }

    /// A demonstration in tokens.
    ///
    /// @param completion with authors; written segments count as forced
    /// @param counted whether each completion token counts in the loss
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    public record Taught(int[] prompt, Tokens completion, List<Boolean> counted) {}

    /// @throws dev.hone.run.HoneException if it cannot be written in this model's tokens or is too long
    public Taught taught(Demonstration demonstration) {
        String name = "demonstration \"" + demonstration.id() + "\"";
        try {
            Tokens completion = Tokens.empty();
            List<Boolean> counted = new ArrayList<>();
            for (Segment segment : demonstration.completion()) {
                Tokens part = switch (segment) {
                    case Segment.Written(String text, var _) -> Tokens.by(Author.FORCED, written(text));
                    case Segment.Drawn(Tokens tokens, var _) -> tokens;
                };
                completion = completion.plus(part);
                for (int i = 0; i < part.size(); i++) {
                    counted.add(segment.loss() == Segment.Loss.COUNTED);
                }
            }
            boolean ended = completion.size() > 0 && ends.contains(completion.id(completion.size() - 1));
            if (demonstration.ending() == Demonstration.Ending.ENDS && !ended) {
                if (ends.isEmpty()) {
                    throw Fault.data(
                            name + " ends, but the model names no end token", "add eos_token_id to config.json");
                }
                completion = completion.plus(Tokens.by(Author.FORCED, ends.getFirst()));
                counted.add(true);
            }
            int[] prompt = prompt(demonstration.prompt());
            check(name, prompt, completion);
            return new Taught(prompt, completion, counted);
        } catch (Unwritable unwritable) {
            throw Fault.data(name + ": " + unwritable.getMessage(), "or leave the example out", unwritable);
        }
    }

    private void check(String name, int[] prompt, Tokens completion) {
        int size = prompt.length + completion.size();
        if (prompt.length == 0 || completion.size() == 0 || size > config().context()) {
            throw Fault.data(
                    name + " has " + prompt.length + " prompt and " + completion.size()
                            + " completion tokens; allowed is at least 1 each and " + config().context() + " together",
                    "shorten it or leave it out");
        }
        for (int id : completion.ids()) {
            if (id < 0 || id >= config().vocabulary()) {
                throw Fault.data(
                        name + " has token id " + id + " and the model's vocabulary has " + config().vocabulary(),
                        "it was drawn by a model with another tokenizer; give its text instead");
            }
        }
    }

    public static int[] join(int[] first, int[] second) {
        int[] joined = new int[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
