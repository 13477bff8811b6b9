package dev.hone.torch.model;

import dev.hone.torch.template.ChatTemplate;
import dev.hone.torch.template.TemplateFunction;
import dev.hone.torch.template.Unwritable;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How messages become the tokens that a model goes on from.
public sealed interface PromptFormat {

    /// Their texts one after the other.
    ///
    /// @param begin the token before the first; -1 for none
    record Plain(int begin) implements PromptFormat {}

    /// By the model's chat template, with the beginning of the assistant's turn.
    record Chat(ChatTemplate template) implements PromptFormat {}

    static PromptFormat of(ModelDirectory directory) {
        return ChatTemplate.read(directory.path())
                .<PromptFormat>map(Chat::new)
                .orElseGet(() -> new Plain(directory.config().specials().begin()));
    }

    /// Names it; models that were taught with one are refused with another.
    default String name() {
        return switch (this) {
            case Plain _ -> "none";
            case Chat(ChatTemplate template) -> template.hash();
        };
    }

    /// The text, with the text of special tokens where these are.
    ///
    /// @throws Unwritable if the messages are none that it can write
    default String text(List<Map<String, Object>> messages) {
        return switch (this) {
            case Plain _ -> {
                StringBuilder text = new StringBuilder();
                messages.forEach(message -> text.append(content(message)));
                yield text.toString();
            }
            case Chat(ChatTemplate template) -> render(template, messages, true);
        };
    }

    private static Object content(Map<String, Object> message) {
        if (message.containsKey("tool_calls") || message.containsKey("tool_call_id")) {
            throw new Unwritable("a message calls a tool or has what one said, and the model has no chat template that "
                    + "could write it; leave it out or choose a chat model");
        }
        return message.getOrDefault("content", "");
    }

    private static String render(ChatTemplate template, List<Map<String, Object>> messages, boolean asked) {
        try {
            return template.render(messages, null, asked);
        } catch (TemplateFunction.Refusal refusal) {
            throw new Unwritable("the model's chat template refuses the messages: " + refusal.getMessage()
                    + "; change them or the template (" + template.where() + ")");
        }
    }

    /// The special token that ends an assistant's turn: the first behind what the assistant says.
    default OptionalInt turnEnd(TextTokenizer tokenizer) {
        return switch (this) {
            case Plain _ -> OptionalInt.empty();
            case Chat(ChatTemplate template) -> turnEnd(template, tokenizer);
        };
    }

    private static OptionalInt turnEnd(ChatTemplate template, TextTokenizer tokenizer) {
        String said = "Yes, that is so.";
        List<Map<String, Object>> turns =
                List.of(Map.of("role", "user", "content", "Is it?"), Map.of("role", "assistant", "content", said));
        try {
            String text = template.render(turns, null, false);
            int at = text.lastIndexOf(said);
            return at < 0 ? OptionalInt.empty() : tokenizer.specials().first(text.substring(at + said.length()));
        } catch (TemplateFunction.Refusal refusal) {
            return OptionalInt.empty(); // it takes no such turns; the model's own end token ends them
        }
    }
}
