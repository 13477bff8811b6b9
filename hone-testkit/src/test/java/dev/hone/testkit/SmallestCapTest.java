package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.select.SmallestCap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallestCapTest implements SelectorContract {
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);

    @Override
    public Selector selector() {
        return new SmallestCap(0.5, 4);
    }

    /// One problem for each list of rewards; the texts of a problem are its letters.
    private static List<Judged> judged(List<String> texts, List<List<Double>> rewards) {
        List<Judged> judged = new ArrayList<>();
        for (int problem = 0; problem < rewards.size(); problem++) {
            int own = problem;
            var prompt = Prompt.of(
                    Problems.numbered(rewards.size()).get(problem),
                    rewards.get(problem).size(),
                    new Sampling(1, 8));
            var samples = new ScriptedGenerator(
                            (_, _, index, _) -> texts.get(own).substring(index, index + 1))
                    .generate(Problems.model("base"), List.of(prompt), STEP);
            for (int i = 0; i < samples.size(); i++) {
                double reward = rewards.get(problem).get(i);
                judged.add(new Judged(samples.get(i), "test", new Verdict.Rewarded(reward, "test")));
            }
        }
        return judged;
    }

    private static List<String> kept(SmallestCap selector, List<Judged> judged) {
        return selector.select(judged, STEP).stream()
                .filter(Decision::isKept)
                .map(decision -> decision.judged().sample().id().substring("sample/1/".length()))
                .toList();
    }

    /// Of 4, 2 and 1 different accepted samples a cap of 1 gives 3, of 2 gives 5, of 3 gives 6, of 4 gives 7.
    @Test
    void the_cap_is_the_smallest_that_gives_as_many_as_wanted() {
        List<Judged> judged = judged(
                List.of("abcd", "ab", "a"), List.of(List.of(1.0, 1.0, 1.0, 1.0), List.of(1.0, 1.0), List.of(1.0)));
        assertThat(kept(new SmallestCap(0, 3), judged)).containsExactly("p1/0", "p2/0", "p3/0");
        assertThat(kept(new SmallestCap(0, 4), judged)).containsExactly("p1/0", "p1/1", "p2/0", "p2/1", "p3/0");
        assertThat(kept(new SmallestCap(0, 6), judged)).hasSize(6);
        assertThat(kept(new SmallestCap(0, 7), judged)).hasSize(7);
        assertThat(kept(new SmallestCap(0, 100), judged)).as("all there are").hasSize(7);
    }

    @Test
    void the_best_rewarded_of_a_problem_come_first_and_equal_ones_in_their_order() {
        List<Judged> judged = judged(List.of("abcd"), List.of(List.of(0.2, 1.5, 1.5, -0.5)));
        assertThat(kept(new SmallestCap(-1, 1), judged)).containsExactly("p1/1");
        assertThat(kept(new SmallestCap(-1, 2), judged)).containsExactly("p1/1", "p1/2");
        assertThat(kept(new SmallestCap(-1, 3), judged)).containsExactly("p1/0", "p1/1", "p1/2");
    }

    @Test
    void a_reward_on_the_threshold_is_not_above_it() {
        List<Judged> judged = judged(List.of("abc"), List.of(List.of(0.0, -0.1, 0.1)));
        assertThat(kept(new SmallestCap(0, 3), judged)).containsExactly("p1/2");
    }

    @Test
    void equal_texts_of_a_problem_count_once_and_the_best_stays() {
        List<Judged> judged = judged(List.of("aab", "a"), List.of(List.of(0.1, 0.9, 0.5), List.of(0.3)));
        assertThat(kept(new SmallestCap(0, 100), judged)).containsExactly("p1/1", "p1/2", "p2/0");
    }

    @Test
    void settings_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> new SmallestCap(Double.NaN, 1)).hasMessageContaining("finite number but was NaN");
        assertThatThrownBy(() -> new SmallestCap(0, 0)).hasMessageContaining("at least 1 but was 0");
    }
}
