package dev.hone.method.fourhabits;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Countdown problems for tests.
final class Puzzles {
    /// 12*3-7 is one way.
    static final Problem KNOWN = problem("7,3,12", 29);

    private Puzzles() {}

    static Problem problem(String numbers, long target) {
        String prompt = numbers + ">" + target + ":";
        return new Problem(
                prompt,
                List.of(Message.user(prompt)),
                new Reference.Checked("countdown-thought"),
                Split.TRAIN,
                new TreeMap<>(Map.of("numbers", numbers, "target", Long.toString(target))));
    }
}
