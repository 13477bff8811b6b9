package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.select.AtLeast;
import dev.hone.select.AtMost;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.select.Selector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SelectorsTest {
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);

    /// Two problems, four samples each, texts a a b c, all right but the b.
    private static List<Judged> judged() {
        List<String> texts = List.of("a", "a", "b", "c");
        var prompts = Problems.numbered(2).stream()
                .map(problem -> Prompt.of(problem, 4, new Sampling(1, 8)))
                .toList();
        return new ScriptedGenerator((model, prompt, index, seed) -> texts.get(index))
                .generate(Problems.model("base"), prompts, STEP).stream()
                        .map(sample -> new Judged(
                                sample,
                                "test",
                                sample.text().equals("b") ? Verdict.wrong("b") : Verdict.right("not b")))
                        .toList();
    }

    private static List<String> kept(Selector selector) {
        return selector.select(judged(), STEP).stream()
                .filter(Decision::isKept)
                .map(decision -> decision.judged().sample().id())
                .toList();
    }

    @Nested
    class AtLeastOne implements SelectorContract {
        @Override
        public Selector selector() {
            return new AtLeast(1);
        }

        @Test
        void wrong_and_unjudged_samples_are_dropped() {
            assertThat(kept(selector()))
                    .containsExactly(
                            "sample/1/p1/0",
                            "sample/1/p1/1",
                            "sample/1/p1/3",
                            "sample/1/p2/0",
                            "sample/1/p2/1",
                            "sample/1/p2/3");
            assertThatThrownBy(() -> new AtLeast(Double.NaN)).hasMessageContaining("[0, 1]");
        }

        @Test
        void steps_are_as_good_as_the_lowest_and_raw_rewards_are_refused() {
            Judged first = judged().getFirst();
            var steps = new Judged(first.sample(), "steps", new Verdict.Stepwise(List.of(0.9, 0.4), "steps"));
            assertThat(new AtLeast(0.4).select(List.of(steps), STEP).getFirst().isKept())
                    .isTrue();
            assertThat(new AtLeast(0.5).select(List.of(steps), STEP).getFirst().because())
                    .isEqualTo("lowest step 0.4 below 0.5");
            var reward = new Judged(first.sample(), "reward", new Verdict.Rewarded(3, "raw"));
            assertThatThrownBy(() -> selector().select(List.of(reward), STEP)).hasMessageContaining("raw reward");
        }
    }

    @Nested
    class DistinctTexts implements SelectorContract {
        @Override
        public Selector selector() {
            return new Distinct();
        }

        @Test
        void equal_texts_of_different_problems_are_both_kept() {
            assertThat(kept(selector()))
                    .containsExactly(
                            "sample/1/p1/0",
                            "sample/1/p1/2",
                            "sample/1/p1/3",
                            "sample/1/p2/0",
                            "sample/1/p2/2",
                            "sample/1/p2/3");
        }
    }

    @Nested
    class AtMostTwo implements SelectorContract {
        @Override
        public Selector selector() {
            return new AtMost(2);
        }

        @Test
        void the_first_of_each_problem_are_kept() {
            assertThat(kept(selector()))
                    .containsExactly("sample/1/p1/0", "sample/1/p1/1", "sample/1/p2/0", "sample/1/p2/1");
        }
    }

    @Nested
    class AllInTurn implements SelectorContract {
        @Override
        public Selector selector() {
            return InTurn.of(new AtLeast(1), new Distinct(), new AtMost(1));
        }

        @Test
        void the_last_word_gives_the_reason() {
            List<Decision> decisions = selector().select(judged(), STEP);
            assertThat(decisions.subList(0, 4))
                    .extracting(Decision::because)
                    .containsExactly(
                            "among the first 1",
                            "same text as an earlier sample",
                            "score 0.0 below 1.0",
                            "beyond the first 1 of its problem");
        }
    }
}
