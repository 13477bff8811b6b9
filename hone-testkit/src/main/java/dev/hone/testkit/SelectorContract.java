package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every selector must do.
public interface SelectorContract {
    Selector selector();

    private static Step step() {
        return new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    }

    /// Samples of five problems, six each, with scores that rise from 0 to 1, the third unjudged, texts
    /// repeating.
    private static List<Judged> judged() {
        var prompts = Problems.numbered(5).stream()
                .map(problem -> Prompt.of(problem, 6, new Sampling(1, 8)))
                .toList();
        var samples = new ScriptedGenerator((model, prompt, index, seed) -> "text " + index % 4)
                .generate(Problems.model("base"), prompts, step());
        return IntStream.range(0, samples.size())
                .mapToObj(i -> new Judged(
                        samples.get(i),
                        "test",
                        i % 6 == 2 ? new Verdict.Unjudged("unreadable") : new Verdict.Scored(i % 6 / 5.0, "test")))
                .toList();
    }

    @Test
    default void every_sample_gets_one_decision_in_order_with_a_reason() {
        List<Judged> judged = judged();
        List<Decision> decisions = selector().select(judged, step());
        assertThat(decisions).extracting(Decision::judged).containsExactlyElementsOf(judged);
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(decision.because()).isNotBlank());
    }

    @Test
    default void twice_the_same_is_the_same() {
        assertThat(selector().select(judged(), step())).isEqualTo(selector().select(judged(), step()));
    }

    @Test
    default void nothing_gives_nothing() {
        assertThat(selector().select(List.of(), step())).isEmpty();
    }
}
