package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.RationaleGroup;
import dev.hone.data.RolloutGroup;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.learn.Clip;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.torch.objective.Lessons;
import dev.hone.torch.objective.Reader;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What learning from rollouts and rationales does to a small model.
class PolicyObjectivesTest extends TinyLearning {
    private static final List<String> RATIONALES = List.of("2+2=", "2+2(", "7*(9");

    static Stream<Objective<Examples.Rollouts>> policies() {
        return Stream.of(
                grpo(0.04),
                new Objective.Rloo(0.05, new Clip(0.2, 5)),
                new Objective.RelativeReward(0.5, 0),
                Objective.Ppo.standard());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void what_is_rewarded_becomes_likelier_and_the_rest_less_likely(Objective<Examples.Rollouts> objective) {
        Learned learned = learn(rollouts(), objective, training(12, 4, 1e-3), "w");
        for (RolloutGroup group : rollouts().all()) {
            double[] gains = gains(
                    learned.model(),
                    group.rollouts().stream()
                            .map(each -> Demonstration.of(each.sample()))
                            .toList());
            assertThat(gains[0]).isGreaterThan(Math.max(gains[1], gains[2]) + 0.1);
        }
    }

    @Test
    void rollouts_count_the_models_own_tokens_at_their_temperature() {
        Tokens forced = Tokens.by(Author.FORCED, models.load(model).tokenizer().encode("12"));
        Sample whole = sample(1, "4", 0);
        Sample sample = new Sample(
                whole.id(),
                whole.problem(),
                "124",
                forced.plus(whole.tokens()),
                whole.finish(),
                whole.sampling(),
                whole.model(),
                whole.origin(),
                whole.hint());
        var group = new RolloutGroup(List.of(new RolloutGroup.Rollout(sample, 1)));
        List<Text> seen = new ArrayList<>();
        Reader reader = texts -> {
            seen.addAll(texts);
            return texts.stream().map(text -> Readout.zero(text, 1)).toList();
        };
        var unused = new Lessons(models.load(model), reader, reader)
                .of(Objective.Ppo.standard(), new Examples.Rollouts(List.of(group)), List::of);
        assertThat(unused.texts()).hasSize(1);
        Text text = seen.getFirst();
        assertThat(text.counted()).isEqualTo(2); // "4" and the end
        assertThat(text.temperature()).isEqualTo(0.8);
        assertThat(text.reads()).containsExactly(text.ids().length - 3, text.ids().length - 2);
    }

    @Test
    void rollouts_drawn_greedily_are_refused() {
        Sample whole = sample(1, "4", 0);
        Sample greedy = new Sample(
                whole.id(),
                whole.problem(),
                whole.text(),
                whole.tokens(),
                whole.finish(),
                Sampling.greedy(4),
                whole.model(),
                whole.origin(),
                whole.hint());
        var groups = new Examples.Rollouts(List.of(new RolloutGroup(List.of(new RolloutGroup.Rollout(greedy, 1)))));
        assertThatThrownBy(() -> learn(groups, grpo(0), training(1, 1, 1e-3), "w"))
                .hasMessageContaining("temperature 0");
    }

    @Test
    void rationales_that_lead_to_the_answer_become_likelier() {
        // the model is taught first that "4" follows this rationale, and "9" the others
        Examples.Demonstrations known = new Examples.Demonstrations(IntStream.range(0, 12)
                .mapToObj(i -> new Demonstration(
                        "d" + i,
                        asked(i % 4),
                        List.of(
                                new Segment.Written(RATIONALES.get(i / 4), Segment.Loss.MASKED),
                                new Segment.Written(i / 4 == 0 ? "4" : "9", Segment.Loss.COUNTED)),
                        Demonstration.Ending.ENDS,
                        1))
                .toList());
        model = learn(known, new Objective.Sft(), training(60, 8, 3e-3), "first")
                .model();
        List<RationaleGroup> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(new RationaleGroup(
                    "r" + i,
                    asked(i),
                    "4",
                    RATIONALES.stream().map(this::rationale).toList()));
        }
        var latro = new Objective.Latro(0.05, 2, 1, 0, Objective.Latro.Baseline.OTHERS);
        Learned learned = learn(new Examples.Rationales(groups), latro, training(5, 4, 1e-3), "w");
        List<Demonstration> texts = RATIONALES.stream()
                .map(text -> new Demonstration(
                        text,
                        asked(1),
                        List.of(new Segment.Written(text, Segment.Loss.COUNTED)),
                        Demonstration.Ending.OPEN,
                        1))
                .toList();
        double[] gains = gains(learned.model(), texts);
        assertThat(gains[0]).isGreaterThan(Math.max(gains[1], gains[2]));
    }

    private RationaleGroup.Rationale rationale(String text) {
        return RationaleGroup.Rationale.of(text, RationaleGroup.Stop.FINISHED);
    }
}
