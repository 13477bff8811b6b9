package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.select.OnePerProblem;
import dev.hone.select.OnePerProblem.Pick;
import dev.hone.select.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnePerProblemTest implements SelectorContract {

    @Override
    public Selector selector() {
        return new OnePerProblem(Pick.RANDOM);
    }

    private static Step step(int seed) {
        return new ScratchRun(seed, Path.of("scratch")).step("sample", 1);
    }

    /// Two problems with the same verdicts.
    private static List<Judged> judged(List<Verdict> verdicts) {
        List<Judged> judged = new ArrayList<>();
        for (var problem : Problems.numbered(2)) {
            var prompt = Prompt.of(problem, verdicts.size(), new Sampling(1, 8));
            var samples = new ScriptedGenerator((_, _, index, _) -> "t" + index)
                    .generate(Problems.model("base"), List.of(prompt), step(1));
            for (int i = 0; i < verdicts.size(); i++) {
                judged.add(new Judged(samples.get(i), "test", verdicts.get(i)));
            }
        }
        return judged;
    }

    private static List<String> kept(Pick pick, int seed, List<Judged> judged) {
        return new OnePerProblem(pick)
                .select(judged, step(seed)).stream()
                        .filter(Decision::isKept)
                        .map(each -> each.judged().sample().problem().id() + " "
                                + each.judged().sample().text())
                        .toList();
    }

    private static final List<Verdict> VERDICTS = List.of(
            new Verdict.Unjudged("cut"),
            new Verdict.Rewarded(-3, "r"),
            new Verdict.Rewarded(-1, "r"),
            new Verdict.Rewarded(-1, "r"),
            new Verdict.Rewarded(-7, "r"),
            new Verdict.Rewarded(-7, "r"));

    @Test
    void the_first_of_the_best_or_of_the_worst() {
        assertThat(kept(Pick.BEST, 1, judged(VERDICTS))).containsExactly("p1 t2", "p2 t2");
        assertThat(kept(Pick.WORST, 1, judged(VERDICTS))).containsExactly("p1 t4", "p2 t4");
    }

    @Test
    void by_chance_any_that_is_judged() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            List<String> kept = kept(Pick.RANDOM, seed, judged(VERDICTS));
            assertThat(kept).hasSize(2);
            seen.addAll(kept);
        }
        assertThat(seen).hasSize(10).noneMatch(each -> each.endsWith("t0"));
    }

    @Test
    void a_problem_without_a_judged_sample_has_none() {
        assertThat(kept(Pick.BEST, 1, judged(List.of(new Verdict.Unjudged("cut")))))
                .isEmpty();
    }
}
