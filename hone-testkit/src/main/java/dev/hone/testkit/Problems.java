package dev.hone.testkit;

import dev.hone.data.Lineage;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Small problems and a base model for tests.
public final class Problems {
    private Problems() {}

    /// `count` problems `p1`, `p2`, ... whose exact answer is their number.
    public static List<Problem> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Problems::problem).toList();
    }

    private static Problem problem(int number) {
        return new Problem(
                "p" + number,
                List.of(Message.user("say " + number)),
                new Reference.Answer(Integer.toString(number), new Match.Exact()),
                Split.TRAIN,
                new TreeMap<>());
    }

    /// A handle on a model that nobody loads.
    public static Model model(String id) {
        return new Model(id, URI.create("file:/scripted/" + id), new Lineage.Given("test"));
    }
}
