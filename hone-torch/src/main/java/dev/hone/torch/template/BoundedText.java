package dev.hone.torch.template;

/// A text in the making that refuses to become longer than a template may print.
final class BoundedText {
    /// In characters.
    static final int LONGEST = 8 << 20;

    private final StringBuilder text = new StringBuilder();

    BoundedText append(String more) {
        refuseLonger((long) text.length() + more.length());
        text.append(more);
        return this;
    }

    BoundedText append(char more) {
        refuseLonger(text.length() + 1L);
        text.append(more);
        return this;
    }

    BoundedText spaces(long count) {
        refuseLonger(text.length() + count);
        text.repeat(' ', (int) count);
        return this;
    }

    /// @throws IllegalArgumentException if a text of that many characters would be longer than allowed
    static void refuseLonger(long characters) {
        if (characters > LONGEST) {
            throw new IllegalArgumentException("a text would be longer than " + LONGEST + " characters");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
