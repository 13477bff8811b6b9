package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.regex.Pattern;

/// What proves to a hub who is asking. Its text is in no message and no log.
public final class Token {
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{0,4096}");

    private final String text;

    /// @param text empty for none
    /// @throws HoneException if it holds what no token holds
    public Token(String text) {
        this.text = text.strip();
        if (!VISIBLE.matcher(this.text).matches()) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "the token for the hub has a space, a line break or another character in it that no token has; "
                            + "copy it anew");
        }
    }

    boolean isThere() {
        return !text.isEmpty();
    }

    /// Value of the field `Authorization`.
    String authorization() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return isThere() ? "a token" : "no token";
    }
}
