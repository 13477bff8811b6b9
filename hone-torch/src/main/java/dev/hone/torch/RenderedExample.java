package dev.hone.torch;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.torch.file.Fault;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.template.Unwritable;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An example as a model reads it.
public record RenderedExample(List<Token> tokens) {

    /// @param text what it adds to the text before; empty where a character is not whole yet
    /// @param part what it is to learning
    public record Token(int id, String text, Part part) {}

    /// What a token is to learning.
    public enum Part {
        PROMPT,
        /// Of the completion, and not in the loss.
        MASKED,
        COUNTED
    }

    public RenderedExample {
        tokens = List.copyOf(tokens);
    }

    /// All of it.
    public String text() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return text.toString();
    }

    static RenderedExample of(LoadedModel model, Demonstration demonstration) {
        LoadedModel.Taught taught = model.taught(demonstration);
        List<Part> parts = prompt(taught.prompt().length);
        taught.counted().forEach(counted -> parts.add(counted ? Part.COUNTED : Part.MASKED));
        return of(
                model.tokenizer(),
                LoadedModel.join(taught.prompt(), taught.completion().ids()),
                parts);
    }

    static RenderedExample of(LoadedModel model, List<Message> prompt) {
        try {
            int[] ids = model.prompt(prompt);
            return of(model.tokenizer(), ids, prompt(ids.length));
        } catch (Unwritable unwritable) {
            throw Fault.data("the prompt cannot be written: " + unwritable.getMessage(), "or leave it out", unwritable);
        }
    }

    private static List<Part> prompt(int count) {
        Part[] parts = new Part[count];
        Arrays.fill(parts, Part.PROMPT);
        return new ArrayList<>(List.of(parts));
    }

    private static RenderedExample of(TextTokenizer tokenizer, int[] ids, List<Part> parts) {
        List<Token> tokens = new ArrayList<>();
        int said = 0;
        for (int i = 0; i < ids.length; i++) {
            String text = tokenizer.decodeAll(Arrays.copyOf(ids, i + 1));
            boolean whole = !text.endsWith("\uFFFD") || i == ids.length - 1;
            tokens.add(new Token(ids[i], whole ? text.substring(Math.min(said, text.length())) : "", parts.get(i)));
            said = whole ? text.length() : said;
        }
        return new RenderedExample(tokens);
    }
}
