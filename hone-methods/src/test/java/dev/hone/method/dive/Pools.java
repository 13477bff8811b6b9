package dev.hone.method.dive;

import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pools of samples for tests. What begins with `r` is right, with `w` wrong; nobody can tell what else is.
final class Pools {
    static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    static final Judge JUDGE = (groups, _) -> groups.stream()
            .flatMap(group -> group.samples().stream())
            .map(Pools::judged)
            .toList();

    private Pools() {}

    private static Judged judged(Sample sample) {
        return new Judged(
                sample,
                "letter",
                switch (sample.text().charAt(0)) {
                    case 'r' -> Verdict.right("begins with r");
                    case 'w' -> Verdict.wrong("begins with w");
                    default -> new Verdict.Unjudged("begins with neither");
                });
    }

    /// Samples of one problem, all of one round.
    static List<Pooled> of(int round, String... texts) {
        return of(Problems.numbered(1).getFirst(), round, texts);
    }

    static List<Pooled> of(Problem problem, int round, String... texts) {
        Step step = new ScratchRun(1, Path.of("scratch")).step("sample", round);
        return new ScriptedGenerator((_, _, index, _) -> texts[index])
                        .generate(
                                Problems.model("base"),
                                List.of(Prompt.of(problem, texts.length, new Sampling(1, 100))),
                                step)
                        .stream()
                        .map(sample -> new Pooled(judged(sample), round))
                        .toList();
    }

    static List<Pooled> all(List<Pooled> first, List<Pooled> second) {
        List<Pooled> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
