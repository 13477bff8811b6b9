package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every generator must do, above all with forced texts and hints.
public interface GeneratorContract {
    Generator generator();

    Model model();

    /// A problem whose prompt can be written.
    Problem problem();

    /// Two texts that can be written, neither of which begins the other.
    List<String> texts();

    default Step step() {
        return new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    }

    private List<Sample> generate(List<Prompt> prompts) {
        return generator().generate(model(), prompts, step());
    }

    private Prompt plain() {
        return Prompt.of(problem(), 2, new Sampling(1, 8));
    }

    private List<Message> hint(String text) {
        List<Message> messages = new ArrayList<>(problem().prompt());
        messages.add(Message.user(text));
        return messages;
    }

    /// One problem, asked in ten ways.
    private List<Prompt> ways() {
        List<Prompt> ways = new ArrayList<>();
        for (Prompt seen :
                List.of(plain(), plain().showing(hint(texts().get(0))), plain().showing(hint(texts().get(1))))) {
            ways.add(seen);
            texts().forEach(text -> ways.add(seen.begunWith("gold", text)));
        }
        ways.add(plain().begunWith("another", texts().getFirst()));
        return ways;
    }

    @Test
    default void a_completion_that_is_begun_holds_the_text_and_its_tokens() {
        for (String text : texts()) {
            for (Sample sample : generate(List.of(plain().begunWith("gold", text)))) {
                assertThat(sample.finish()).isNotInstanceOf(Finish.Failed.class);
                assertThat(sample.text()).startsWith(text);
                assertThat(sample.origin()).isEqualTo(new Origin.Begun("gold", text));
                int forced = sample.tokens().count(Author.FORCED);
                assertThat(forced).isPositive();
                assertThat(sample.tokens().size()).isGreaterThan(forced);
                for (int i = 0; i < sample.tokens().size(); i++) {
                    assertThat(sample.tokens().author(i)).isEqualTo(i < forced ? Author.FORCED : Author.MODEL);
                    assertThat(sample.tokens().hasLogProb(i)).isEqualTo(i >= forced);
                }
            }
        }
    }

    @Test
    default void what_a_hint_shows_is_kept_and_the_problem_and_what_is_learned_stay_plain() {
        List<Message> hinted = hint(texts().getFirst());
        for (Sample sample : generate(List.of(plain().showing(hinted)))) {
            assertThat(sample.finish()).isNotInstanceOf(Finish.Failed.class);
            assertThat(sample.hint()).isEqualTo(new Hint.Shown(hinted));
            assertThat(sample.seen()).isEqualTo(hinted);
            assertThat(sample.problem()).isEqualTo(problem());
            assertThat(Demonstration.of(sample).prompt()).isEqualTo(problem().prompt());
            assertThat(Demonstration.asSeen(sample).prompt()).isEqualTo(hinted);
        }
        assertThat(generate(List.of(plain()))).extracting(Sample::hint).containsOnly(Hint.NONE);
    }

    @Test
    default void a_problem_asked_in_several_ways_in_one_step_has_ids_and_seeds_of_their_own() {
        List<Prompt> ways = ways();
        List<Sample> samples = generate(ways);
        assertThat(samples).hasSize(2 * ways.size());
        assertThat(samples).extracting(Sample::id).doesNotHaveDuplicates();
        List<Long> seeds = new ArrayList<>();
        for (Prompt way : ways) {
            for (int index = 0; index < way.samples(); index++) {
                assertThat(samples.get(seeds.size()).id()).isEqualTo(Generator.id(step(), way, index));
                seeds.add(Generator.seed(step(), way, index).value());
            }
        }
        assertThat(seeds).doesNotHaveDuplicates();
    }

    @Test
    default void a_sample_does_not_depend_on_the_others() {
        List<Sample> together = generate(ways());
        List<Sample> alone = ways().reversed().stream()
                .flatMap(way -> generate(List.of(way)).reversed().stream())
                .toList();
        assertThat(alone.reversed()).isEqualTo(together);
    }
}
