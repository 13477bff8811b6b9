package dev.hone.torch.model;

import dev.hone.data.Message;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.tokenizer.SpecialTokens;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.util.List;
import java.util.Map;

/// Messages and texts to token ids. The text of a special token is the token where a chat template writes it; where a
/// message holds it, that is for [SpecialText] to say.
public final class PromptWriter implements AutoCloseable {
    private final TextTokenizer tokenizer;
    private final PromptFormat format;
    private final SpecialText written;
    private TextTokenizer renamed;

    /// @param tokenizer stays the caller's
    /// @param written what the text of a special token in a message is
    public PromptWriter(TextTokenizer tokenizer, PromptFormat format, SpecialText written) {
        this.tokenizer = tokenizer;
        this.format = format;
        this.written = written;
        this.renamed = tokenizer; // until one with other names is needed
    }

    TextTokenizer tokenizer() {
        return tokenizer;
    }

    public PromptFormat format() {
        return format;
    }

    /// The text of a prompt.
    ///
    /// @throws dev.hone.torch.template.Unwritable if the messages cannot be written
    public String text(List<Message> messages) {
        return format.text(PlainMessages.of(messages));
    }

    /// The tokens of a prompt.
    ///
    /// @throws dev.hone.torch.template.Unwritable if the messages cannot be written, or the vocabulary lacks
    ///     a character
    public int[] prompt(List<Message> messages) {
        List<Map<String, Object>> plain = PlainMessages.of(messages);
        boolean guarded = written == SpecialText.TEXT && tokenizer.specials().occurInAny(plain);
        int[] ids = guarded ? guarded(plain) : tokenizer.encode(format.text(plain));
        return format instanceof PromptFormat.Plain(int begin) && begin >= 0
                ? LoadedModel.join(new int[] {begin}, ids)
                : ids;
    }

    private int[] guarded(List<Map<String, Object>> messages) {
        SpecialTokens specials = tokenizer.specials();
        List<Map<String, Object>> guarded =
                messages.stream().map(specials::guarded).toList();
        return renamed().encode(specials.named(format.text(guarded)));
    }

    /// The tokens of a text that a message's author wrote.
    ///
    /// @throws dev.hone.torch.template.Unwritable if the vocabulary lacks a character
    int[] completion(String text) {
        SpecialTokens specials = tokenizer.specials();
        return written == SpecialText.TEXT && specials.occurIn(text)
                ? renamed().encode(specials.named(specials.guarded(text)))
                : tokenizer.encode(text);
    }

    private synchronized TextTokenizer renamed() {
        if (renamed == tokenizer) {
            renamed = tokenizer.renamed();
        }
        return renamed;
    }

    @Override
    public synchronized void close() {
        if (renamed != tokenizer) {
            renamed.close();
            renamed = tokenizer;
        }
    }
}
