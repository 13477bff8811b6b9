package dev.hone.method.selfexplore;

import dev.hone.data.Author;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Preference;
import dev.hone.data.Preference.Side;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Pairs of single steps. After the steps before the pit, which both sides share and nobody learns, the pit
/// is rejected and a right way on is chosen: the shortest that the model found from there, has not been
/// chosen for this problem before and does not contain the pit. At the first step the whole right solution
/// is chosen. Then pairs go of which a side was there before in the same problem.
///
/// **Paper** card self-explore, step 8.
/// **Departs** a rejected step has nothing of what separates it from the next one.
///
/// @param seed of the random pits
record GranularPairs(Variant variant, Seed seed) {

    /// A pair that is not yet known to be new.
    private record Draft(String problem, String chosen, String rejected, Preference preference) {}

    /// One way on.
    private record Way(String text, List<Segment> segments) {}

    /// @param explored in the order in which ways on are given away
    List<Preference> of(List<Explored> explored) {
        Map<String, Set<String>> used = new HashMap<>();
        List<Draft> drafts = new ArrayList<>();
        for (Explored each : explored) {
            if (each.end() instanceof End.Pit(int first)) {
                Set<String> ways = used.computeIfAbsent(each.pair().problem().id(), _ -> new HashSet<>());
                draft(each, number(each, first), ways).ifPresent(drafts::add);
            }
        }
        return withoutDoubles(drafts);
    }

    private int number(Explored explored, int first) {
        return switch (variant.pit()) {
            case FIRST -> first;
            case RANDOM -> 1 + seed.derive(explored.pair().id()).random().nextInt(first);
        };
    }

    private Optional<Draft> draft(Explored explored, int number, Set<String> used) {
        Pair pair = explored.pair();
        Steps steps = explored.steps();
        String before = steps.before(number);
        String rejected = switch (variant.rejected()) {
            case STEP -> steps.step(number);
            case REST -> steps.from(number);
        };
        Optional<Way> way = number == 1 || variant.chosen() == Variant.Chosen.ORIGINAL
                ? Optional.of(new Way(pair.chosen().text(), pair.chosen().completion()))
                : shortest(explored.reachedBefore(number), before, steps.step(number), used);
        return way.map(chosen -> new Draft(
                pair.problem().id(),
                chosen.text,
                rejected,
                new Preference(
                        pair.id() + " at step " + number,
                        pair.problem().prompt(),
                        before.isEmpty() ? List.of() : List.of(new Segment.Written(before, Loss.MASKED)),
                        new Side(chosen.segments, Ending.ENDS),
                        new Side(List.of(new Segment.Written(rejected, Loss.COUNTED)), variant.rejectedEnding()))));
    }

    /// As it was drawn, without the beginning that was forced.
    private static Optional<Way> shortest(List<Sample> right, String before, String pit, Set<String> used) {
        Optional<Way> shortest = right.stream()
                .filter(sample -> sample.text().startsWith(before))
                .map(sample -> new Way(
                        sample.text().substring(before.length()),
                        List.of(new Segment.Drawn(sample.tokens().of(Author.MODEL), Loss.COUNTED))))
                .filter(way -> !way.text.isBlank() && !used.contains(way.text) && !way.text.contains(pit))
                .min(Comparator.comparingInt(way -> way.text.length()));
        shortest.ifPresent(way -> used.add(way.text));
        return shortest;
    }

    private static List<Preference> withoutDoubles(List<Draft> drafts) {
        Set<List<String>> chosen = new HashSet<>();
        Set<List<String>> rejected = new HashSet<>();
        List<Preference> kept = new ArrayList<>();
        for (Draft draft : drafts) {
            List<String> right = List.of(draft.problem, draft.chosen);
            List<String> wrong = List.of(draft.problem, draft.rejected);
            if (!chosen.contains(right) && !rejected.contains(wrong)) {
                chosen.add(right);
                rejected.add(wrong);
                kept.add(draft.preference);
            }
        }
        return kept;
    }
}
