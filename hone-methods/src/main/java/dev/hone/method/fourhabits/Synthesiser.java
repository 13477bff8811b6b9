package dev.hone.method.fourhabits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Writes the traces of a [PrimingSet] by the grammar of [Line], where the paper asks a stronger model.
///
/// A search ends at the target, or where another attempt would not fit; then the nearest value so far is
/// the answer, and wrong.
///
/// @param longest characters of a trace with its answer, at least 1
record Synthesiser(PrimingSet set, int longest) {
    /// Stands for a dot: every small model of the task can write it, and no line of a thought has it.
    private static final String FILLER = ",";
    /// Fewest characters of a line and its separator.
    private static final int SHORTEST = 6;

    /// @return empty where not even one attempt fits, or every attempt is right and none should be
    Optional<String> trace(Puzzle puzzle, SplittableRandom random) {
        List<Attempt> all = new Search(puzzle, set.aims(), random).attempts(1 + longest / SHORTEST);
        List<Attempt> tried = new ArrayList<>();
        for (Attempt next : all) {
            tried.add(next);
            if (response(thought(tried, puzzle), tried, puzzle).length() > longest) {
                tried.removeLast();
                break;
            }
            if (next.value() == puzzle.target()) {
                break;
            }
        }
        return tried.isEmpty() ? Optional.empty() : shown(all, tried, puzzle);
    }

    private Optional<String> shown(List<Attempt> all, List<Attempt> tried, Puzzle puzzle) {
        String thought = thought(tried, puzzle);
        return switch (set) {
            case NONE -> Optional.empty();
            case ONLY_BT, BT_VER, BT_BACK, BT_SUB, ALL -> Optional.of(response(thought, tried, puzzle));
            case EMPTY -> Optional.of(response("", tried, puzzle));
            case DOTS -> Optional.of(response(FILLER.repeat(thought.length()), tried, puzzle));
            case NO_POSITIVE -> {
                List<Attempt> misses = all.stream()
                        .filter(each -> each.value() != puzzle.target())
                        .limit(Math.max(
                                1,
                                tried.stream()
                                        .filter(each -> each.value() != puzzle.target())
                                        .count()))
                        .toList();
                yield misses.isEmpty()
                        ? Optional.empty()
                        : Optional.of(response(thought(misses, puzzle), misses, puzzle));
            }
        };
    }

    private static String response(String thought, List<Attempt> tried, Puzzle puzzle) {
        Attempt nearest = tried.stream()
                .min(Comparator.comparingLong(each -> Math.abs(each.value() - puzzle.target())))
                .orElseThrow();
        return thought + ":" + nearest.expression().text();
    }

    /// What an attempt shares with the one before it is not written again: there the search goes back to.
    private String thought(List<Attempt> tried, Puzzle puzzle) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < tried.size(); i++) {
            Attempt attempt = tried.get(i);
            int from = i == 0 ? 0 : attempt.shared(tried.get(i - 1));
            int last = attempt.steps().size() - 1;
            for (int at = from; at <= last; at++) {
                if (at == Math.max(from, last - 1)) {
                    lines.addAll(attempt.aims());
                }
                Line.Step step = attempt.steps().get(at);
                boolean isCompared = at == last && set.has(Habit.VERIFICATION);
                lines.add(isCompared ? new Line.Compared(step, puzzle.target()) : step);
            }
        }
        return lines.stream().map(Line::toString).collect(Collectors.joining(";"));
    }
}
