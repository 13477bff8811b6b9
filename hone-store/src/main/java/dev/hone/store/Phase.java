package dev.hone.store;

import java.util.Locale;

/// What a run spends its time on.
public enum Phase {
    SAMPLE,
    /// Judging, and selecting after it.
    JUDGE,
    LEARN,
    MEASURE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
