package dev.hone.method.vstar;

import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
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

    /// A finished answer that cannot be read is a wrong one (step 3c: `z` is 1 if the final answer matches, else 0); a
    /// verifier that never saw such texts prefers them to everything. Without what was cut short, failed, or has no
    /// reference.
    static List<Labelled> of(List<Judged> judged, int round) {
        return judged.stream()
                .filter(each -> !(each.verdict() instanceof Verdict.Unjudged) || isUnreadable(each.sample()))
                .map(each -> of(each, round))
                .toList();
    }

    private static boolean isUnreadable(Sample sample) {
        return sample.finish() instanceof Finish.Stopped && !(sample.problem().reference() instanceof Reference.None);
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

    /// What was asked: a problem that comes again in a later round may be worded in another way, such as with
    /// its numbers in another order.
    record Asked(String problem, List<Message> prompt) {}

    Asked asked() {
        return new Asked(problem.id(), problem.prompt());
    }

    /// The first of each text under each prompt.
    static Stream<Labelled> distinct(List<Labelled> all) {
        record Text(Asked asked, String text) {}
        Set<Text> seen = new HashSet<>();
        return all.stream().filter(each -> seen.add(new Text(each.asked(), each.text)));
    }
}
