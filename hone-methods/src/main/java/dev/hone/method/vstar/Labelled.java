package dev.hone.method.vstar;

import dev.hone.data.Demonstration;
import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// An answer that is known to be right or wrong: an element of `D_VER`.
///
/// @param round in which it was drawn; 0 for a worked answer
record Labelled(Problem problem, String text, Demonstration answer, Label label, int round) {

    /// `z` on the card.
    enum Label {
        RIGHT,
        WRONG
    }

    static List<Labelled> worked(Map<Problem, String> worked) {
        return worked.entrySet().stream()
                .map(each -> new Labelled(
                        each.getKey(),
                        each.getValue(),
                        Demonstration.of(each.getKey().id(), each.getKey().prompt(), each.getValue()),
                        Label.RIGHT,
                        0))
                .toList();
    }

    /// Without what nobody could judge: cut short, failed, unreadable.
    static List<Labelled> of(List<Judged> judged, int round) {
        return judged.stream()
                .filter(each -> !(each.verdict() instanceof Verdict.Unjudged))
                .map(each -> of(each, round))
                .toList();
    }

    private static Labelled of(Judged judged, int round) {
        Sample sample = judged.sample();
        return new Labelled(
                sample.problem(),
                sample.text(),
                Demonstration.of(sample),
                judged.isRight() ? Label.RIGHT : Label.WRONG,
                round);
    }

    /// The first of each text of a problem.
    static Stream<Labelled> distinct(List<Labelled> all) {
        record Text(String problem, String text) {}
        Set<Text> seen = new HashSet<>();
        return all.stream().filter(each -> seen.add(new Text(each.problem.id(), each.text)));
    }
}
