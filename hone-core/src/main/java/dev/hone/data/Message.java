package dev.hone.data;

import java.util.List;

/// One turn of a conversation.
///
/// @param parts at least one
public record Message(Role role, List<Part> parts) {

    public Message {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs at least one part; write an empty Text for silence");
        }
    }

    /// A user's turn of plain text.
    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Part.Text(text)));
    }

    /// Whether it is text and nothing else, such as an image or a call of a tool.
    public boolean isText() {
        return parts.stream().allMatch(Part.Text.class::isInstance);
    }

    /// The text of this message.
    ///
    /// @throws IllegalArgumentException if a part is not text, naming it
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Text(String words))) {
                throw new IllegalArgumentException("this message holds a "
                        + part.getClass().getSimpleName()
                        + " part and only text can be read here; use a model that reads it or remove the part");
            }
            text.append(words);
        }
        return text.toString();
    }
}
