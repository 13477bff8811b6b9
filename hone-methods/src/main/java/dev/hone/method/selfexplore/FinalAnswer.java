package dev.hone.method.selfexplore;

import java.util.Optional;
import java.util.OptionalInt;

/// The words with which a solution announces its final answer, such as `Answer:`.
///
/// @param phrase empty where solutions have none
public record FinalAnswer(String phrase) {
    public static final FinalAnswer NONE = new FinalAnswer("");

    /// Where the phrase first begins.
    OptionalInt begin(String text) {
        int place = phrase.isEmpty() ? -1 : text.indexOf(phrase);
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /// The text to the end of the line that has the phrase; all of it where solutions have no phrase.
    ///
    /// @return empty if the phrase is missing
    Optional<String> cut(String text) {
        if (phrase.isEmpty()) {
            return Optional.of(text);
        }
        return begin(text).stream()
                .mapToObj(place -> {
                    int end = text.indexOf('\n', place + phrase.length());
                    return end < 0 ? text : text.substring(0, end);
                })
                .findFirst();
    }

    /// The text before the phrase; all of it where there is none.
    String before(String text) {
        return text.substring(0, begin(text).orElse(text.length()));
    }
}
