package dev.hone.torch;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// A model that was looked through: its weights are known and read when they are needed, its text becomes tokens.
record LoadedModel(ModelDirectory directory, ModelTensors tensors, TextTokenizer tokenizer) {

    static LoadedModel of(ModelDirectory directory) {
        return new LoadedModel(directory, directory.tensors(), directory.tokenizer());
    }

    /// All parameters, read now.
    SequencedMap<String, Weight> weights() {
        return tensors.readAll();
    }

    DecoderConfig config() {
        return directory.config();
    }

    /// The prompt as this model reads it: its begin token if it has one, then the messages' texts one after the other.
    ///
    /// @throws TextTokenizer.UnknownText if the vocabulary lacks a character
    int[] prompt(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append(message.text());
        }
        int[] ids = tokenizer.encode(text.toString());
        int begin = config().specials().begin();
        if (begin < 0) {
            return ids;
        }
        int[] withBegin = new int[ids.length + 1];
        withBegin[0] = begin;
        System.arraycopy(ids, 0, withBegin, 1, ids.length);
        return withBegin;
    }

    /// A demonstration in tokens.
    ///
    /// @param completion with authors; written segments count as forced
    /// @param counted whether each completion token counts in the loss
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    record Taught(int[] prompt, Tokens completion, List<Boolean> counted) {

        /// Prompt and completion, `weight` on each token that counts.
        Text text(float weight) {
            int[] ids = join(prompt, completion.ids());
            float[] weights = new float[ids.length];
            for (int i = 0; i < counted.size(); i++) {
                weights[prompt.length + i] = counted.get(i) ? weight : 0;
            }
            return new Text(ids, weights);
        }
    }

    /// @throws dev.hone.run.HoneException if it cannot be written in this model's tokens or is too long
    Taught taught(Demonstration demonstration) {
        String name = "demonstration \"" + demonstration.id() + "\"";
        try {
            Tokens completion = Tokens.empty();
            List<Boolean> counted = new ArrayList<>();
            for (Segment segment : demonstration.completion()) {
                Tokens part = switch (segment) {
                    case Segment.Written(String text, var _) -> Tokens.by(Author.FORCED, tokenizer.encode(text));
                    case Segment.Drawn(Tokens tokens, var _) -> tokens;
                };
                completion = completion.plus(part);
                for (int i = 0; i < part.size(); i++) {
                    counted.add(segment.loss() == Segment.Loss.COUNTED);
                }
            }
            int end = directory.end();
            boolean ended = completion.size() > 0 && directory.ends().contains(completion.id(completion.size() - 1));
            if (demonstration.ending() == Demonstration.Ending.ENDS && !ended) {
                if (end < 0) {
                    throw Fault.data(
                            name + " ends, but the model names no end token", "add eos_token_id to config.json");
                }
                completion = completion.plus(Tokens.by(Author.FORCED, end));
                counted.add(true);
            }
            int[] prompt = prompt(demonstration.prompt());
            check(name, prompt, completion);
            return new Taught(prompt, completion, counted);
        } catch (TextTokenizer.UnknownText unknown) {
            throw Fault.data(name + ": " + unknown.getMessage(), "or leave the example out", unknown);
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

    static int[] join(int[] first, int[] second) {
        int[] joined = new int[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
