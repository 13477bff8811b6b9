package dev.hone.method.selfexplore;

import dev.hone.method.selfexplore.Steps.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Steps of a solution in words and formulas.
///
/// **Paper** card self-explore, step 6, MATH.
/// **Departs** where the card leaves it open: a short piece is merged into the one before it, the first
/// into the next; to come down to nine, the two neighbours that are shortest together are merged; a step is
/// long if both parts of it would have twenty characters, and is cut before the connective or `=` that is
/// nearest to its middle.
///
/// @param answer whose phrase begins a step of its own
public record MathSteps(FinalAnswer answer) implements StepSplit {
    private static final int SHORT = 20;
    private static final double SHORT_SHARE = 0.3;
    private static final int MOST = 9;
    private static final int FEW = 3;
    /// Behind line breaks, and behind the end of a sentence that ends with a formula.
    private static final Pattern BORDER = Pattern.compile("(?<=\\n)(?!\\n)|(?<=(?:\\$|\\\\\\)|\\\\\\])[.!?])(?=\\s)");
    private static final Pattern INNER =
            Pattern.compile("\\s(?:so|then|therefore|thus|hence|and|but|because|since|which|where)\\b|=");

    @Override
    public Steps of(String text) {
        int end = answer.begin(text).orElse(text.length());
        int last = end < text.length() ? 1 : 0;
        List<String> pieces = withoutShort(pieces(text.substring(0, end)));
        while (pieces.size() + last > MOST) {
            mergeShortestNeighbours(pieces);
        }
        if (pieces.size() + last <= FEW) {
            pieces = pieces.stream().flatMap(piece -> halves(piece).stream()).toList();
        }
        return steps(text, pieces, end);
    }

    /// What they are together is the text; none is blank but where all of the text is.
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (String piece : BORDER.split(text, -1)) {
            if (piece.isBlank() && !pieces.isEmpty()) {
                pieces.add(pieces.removeLast() + piece);
            } else if (!pieces.isEmpty() && pieces.getLast().isBlank()) {
                pieces.add(pieces.removeLast() + piece);
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static List<String> withoutShort(List<String> pieces) {
        double mean = pieces.stream().mapToInt(MathSteps::length).average().orElse(0);
        double least = Math.max(SHORT, SHORT_SHARE * mean);
        List<String> merged = new ArrayList<>();
        for (String piece : pieces) {
            boolean joins = !merged.isEmpty() && (length(piece) < least || length(merged.getLast()) < least);
            merged.add(joins ? merged.removeLast() + piece : piece);
        }
        return merged;
    }

    private static void mergeShortestNeighbours(List<String> pieces) {
        int shortest = 0;
        for (int i = 1; i + 1 < pieces.size(); i++) {
            if (together(pieces, i) < together(pieces, shortest)) {
                shortest = i;
            }
        }
        merge(pieces, shortest);
    }

    private static int together(List<String> pieces, int first) {
        return length(pieces.get(first)) + length(pieces.get(first + 1));
    }

    private static void merge(List<String> pieces, int first) {
        pieces.set(first, pieces.get(first) + pieces.remove(first + 1));
    }

    private static int length(String piece) {
        return piece.strip().length();
    }

    private static List<String> halves(String piece) {
        return INNER.matcher(piece)
                .results()
                .map(MatchResult::start)
                .filter(place -> length(piece.substring(0, place)) >= SHORT && length(piece.substring(place)) >= SHORT)
                .min((a, b) -> Integer.compare(fromMiddle(piece, a), fromMiddle(piece, b)))
                .map(place -> Arrays.asList(piece.substring(0, place), piece.substring(place)))
                .orElse(List.of(piece));
    }

    private static int fromMiddle(String piece, int place) {
        return Math.abs(2 * place - piece.length());
    }

    private static Steps steps(String text, List<String> pieces, int end) {
        List<Span> spans = new ArrayList<>();
        int start = 0;
        for (String piece : pieces) {
            if (!piece.isBlank()) {
                spans.add(new Span(
                        spans.isEmpty() ? 0 : start,
                        start + piece.stripTrailing().length()));
            }
            start += piece.length();
        }
        String phrase = text.substring(end).stripTrailing();
        if (!phrase.isEmpty()) {
            spans.add(new Span(spans.isEmpty() ? 0 : end, end + phrase.length()));
        }
        return new Steps(text, spans);
    }
}
