package dev.hone.method.selfexplore;

import dev.hone.data.Author;
import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import dev.hone.testkit.ScratchRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Samples for the tests of this room: tokens are characters, each at log-probability -0.5.
final class Scene {
    static final Sampling SAMPLING = new Sampling(0.7, 200);

    private Scene() {}

    /// A problem whose answer is a text's last number.
    static Problem problem(String id, int answer) {
        return new Problem(
                id,
                List.of(Message.user("what is " + id + "?")),
                new Reference.Answer(Integer.toString(answer), new Match.Numeric(0)),
                Split.TRAIN,
                new TreeMap<>());
    }

    static Sample sample(Problem problem, int index, String text) {
        return after(problem, "", "sample/1/" + problem.id() + "/" + index, text);
    }

    /// What was drawn after a beginning.
    static Sample after(Problem problem, String beginning, String id, String text) {
        int[] ids = text.chars().toArray();
        float[] logProbs = new float[ids.length];
        Arrays.fill(logProbs, -0.5f);
        return new Sample(
                id,
                problem,
                beginning + text,
                Tokens.by(Author.FORCED, beginning.chars().toArray()).plus(Tokens.scored(Author.MODEL, ids, logProbs)),
                new Finish.Stopped(),
                SAMPLING,
                "m",
                beginning.isEmpty() ? new Origin.Fresh() : new Origin.Begun("parent", beginning),
                Hint.NONE);
    }

    static Solution solution(Problem problem, int index, String text) {
        return new Solution(sample(problem, index, text), text);
    }

    static Pair pair(Problem problem, String right, String wrong) {
        return new Pair(solution(problem, 0, right), solution(problem, 1, wrong));
    }

    static Judged right(Problem problem, int index, String text) {
        return new Judged(sample(problem, index, text), "test", Verdict.right("as scripted"));
    }

    static Judged wrong(Problem problem, int index, String text) {
        return new Judged(sample(problem, index, text), "test", Verdict.wrong("as scripted"));
    }

    static Decision kept(Judged judged) {
        return new Decision(judged, Fate.KEPT, "test");
    }

    static Decision dropped(Judged judged) {
        return new Decision(judged, Fate.DROPPED, "test");
    }

    static Step step() {
        return new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    }
}
