package dev.hone.method.dive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Preference;
import dev.hone.data.Verdict;
import dev.hone.generate.HashedNGrams;
import dev.hone.testkit.Problems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final Selection DIVERSE = Selection.Diverse.standard();

    private static Paired paired(int most, Selection selection, List<Pooled> pool) {
        return new Pairing(most, selection, HashedNGrams.standard()).of(pool, Pools.STEP);
    }

    private static List<String> becauses(Paired paired) {
        return paired.decisions().stream().map(Decision::because).toList();
    }

    private static List<String> ids(Paired paired) {
        return paired.preferences().all().stream().map(Preference::id).toList();
    }

    @Test
    void a_question_without_a_right_or_without_a_wrong_sample_gives_no_pair() {
        assertThat(paired(5, DIVERSE, Pools.of(1, "r1", "r2")).pairs()).isEmpty();
        assertThat(paired(5, DIVERSE, Pools.of(1, "w1", "w2")).pairs()).isEmpty();
        assertThat(becauses(paired(5, DIVERSE, Pools.of(1, "r1", "?"))))
                .containsExactly("right, but its problem has no wrong sample", "begins with neither");
        assertThat(paired(5, DIVERSE, List.of()).decisions()).isEmpty();
    }

    @Test
    void the_longer_side_gives_no_more_than_the_shorter_one_and_neither_more_than_asked_for() {
        List<Pooled> pool = Pools.of(1, "r1", "w1", "r2", "r3", "w2", "r4");
        assertThat(paired(5, DIVERSE, pool).pairs()).hasSize(2);
        assertThat(paired(1, DIVERSE, pool).pairs()).hasSize(1);
        assertThat(paired(5, DIVERSE, pool).decisions().stream().filter(Decision::isKept))
                .hasSize(4);
        assertThat(becauses(paired(5, DIVERSE, pool))).contains("not among the 2 picked of its side");
    }

    @Test
    void every_sample_of_the_pool_is_decided_on_in_its_order() {
        List<Pooled> pool = Pools.of(1, "r1", "?", "w1", "r1", "w2");
        assertThat(paired(1, DIVERSE, pool).decisions())
                .extracting(Decision::judged)
                .containsExactlyElementsOf(pool.stream().map(Pooled::judged).toList());
    }

    /// The latest one, so that a pair's age tells for how long nobody has drawn such a text.
    @Test
    void of_samples_with_the_same_wording_only_the_latest_is_paired() {
        List<Pooled> pool = Pools.all(Pools.of(1, "r 1,000 + 2.0", "w 1"), Pools.of(2, "r 1000+2", "w 1", "w  1 "));
        Paired paired = paired(5, DIVERSE, pool);
        assertThat(ids(paired)).containsExactly("sample/2/p1/0 > sample/2/p1/2");
        assertThat(becauses(paired))
                .containsExactly(
                        "same wording as a later sample",
                        "same wording as a later sample",
                        "pair 1 with sample/2/p1/2",
                        "same wording as a later sample",
                        "pair 1 with sample/2/p1/0");
    }

    @Test
    void as_drawn_a_text_is_paired_as_often_as_it_came() {
        List<Pooled> pool = Pools.of(1, "r1", "r1", "r1", "w1", "w2", "w2", "?");
        Paired asDrawn = paired(3, new Selection.AsDrawn(), pool);
        assertThat(asDrawn.pairs())
                .extracting(pair -> pair.right().sample().text())
                .containsExactly("r1", "r1", "r1");
        assertThat(asDrawn.pairs())
                .extracting(pair -> pair.wrong().sample().text())
                .containsExactlyInAnyOrder("w1", "w2", "w2");
        assertThat(paired(3, new Selection.Shuffled(), pool).pairs()).hasSize(1);
    }

    /// The cut one is the later one, with the same text.
    @Test
    void a_sample_that_was_cut_short_does_not_take_a_right_ones_place() {
        Judged later = Pools.of(2, "r1").getFirst().judged();
        var cut = new Pooled(new Judged(later.sample(), later.judge(), new Verdict.Unjudged("cut at 2 tokens")), 2);
        Paired paired = paired(5, DIVERSE, Pools.all(Pools.of(1, "r1", "w1"), List.of(cut)));
        assertThat(ids(paired)).containsExactly("sample/1/p1/0 > sample/1/p1/1");
        assertThat(becauses(paired)).last().isEqualTo("cut at 2 tokens");
    }

    @Test
    void the_first_picked_of_one_side_is_paired_with_the_first_of_the_other() {
        Paired paired = paired(3, DIVERSE, Pools.of(1, "r1", "r22", "r333", "w1", "w22", "w333"));
        GreedyPick greedy = new GreedyPick(Selection.Measure.EMBEDDING);
        assertThat(paired.pairs()).hasSize(3);
        for (Side side : List.of(Side.RIGHT, Side.WRONG)) {
            List<Candidate> all = paired.pairs().stream()
                    .map(pair -> side == Side.RIGHT ? pair.right() : pair.wrong())
                    .toList();
            List<Candidate> sorted = new ArrayList<>(all);
            sorted.sort((a, b) -> a.sample().id().compareTo(b.sample().id()));
            var seed = Pools.STEP.seed().derive("pairs").derive("p1").derive(side.name());
            assertThat(greedy.from(sorted, 3, seed.derive("first"))).isEqualTo(all);
        }
    }

    @Test
    void a_diverse_choice_is_more_different_than_a_shuffled_one() {
        String[] texts = new String[22];
        for (int i = 0; i < 20; i++) {
            texts[i] = (i % 2 == 0 ? "r" : "w") + " say seven and then " + "x".repeat(1 + i / 2);
        }
        texts[20] = "r 12 * 3 = 36";
        texts[21] = "w 40 - 11";
        List<Pooled> pool = Pools.of(1, texts);
        Selection nothingLeftOut = new Selection.Diverse(Selection.Measure.EMBEDDING, 0);
        assertThat(ids(paired(2, nothingLeftOut, pool)))
                .anySatisfy(id -> assertThat(id).contains("sample/1/p1/20 >"))
                .anySatisfy(id -> assertThat(id).endsWith("> sample/1/p1/21"));
        Paired shuffled = paired(2, new Selection.Shuffled(), pool);
        assertThat(shuffled.pairs()).hasSize(2);
        assertThat(ids(shuffled)).isNotEqualTo(ids(paired(2, nothingLeftOut, pool)));
    }

    @Test
    void an_outlier_is_not_paired_where_a_side_is_large_enough_to_tell() {
        List<String> texts = new ArrayList<>(List.of("r " + "qzjk ".repeat(30)));
        for (int i = 0; i < 11; i++) {
            texts.add("r the answer is " + i);
            texts.add("w the answer is " + i);
        }
        Paired paired = paired(20, DIVERSE, Pools.of(1, texts.toArray(String[]::new)));
        assertThat(paired.decisions().getFirst().because()).isEqualTo("an outlier of its side");
        assertThat(paired.pairs()).hasSizeBetween(8, 10);
        Paired few = paired(20, DIVERSE, Pools.of(1, texts.subList(0, 13).toArray(String[]::new)));
        assertThat(few.decisions().getFirst().isKept())
                .as("7 right samples are too few to tell")
                .isTrue();
    }

    @Test
    void the_choice_of_one_question_does_not_depend_on_the_others() {
        var problems = Problems.numbered(2);
        List<Pooled> second = Pools.of(problems.get(1), 1, "r1", "r2", "r3", "w1", "w2", "w3");
        List<Pooled> both = Pools.all(Pools.of(problems.getFirst(), 1, "r1", "r2", "w1"), second);
        assertThat(paired(2, DIVERSE, both).pairs())
                .hasSize(3)
                .containsAll(paired(2, DIVERSE, second).pairs());
    }

    @Test
    void a_judge_that_does_not_say_right_or_wrong_is_refused() {
        Pooled first = Pools.of(1, "r1").getFirst();
        Pooled rewarded = new Pooled(new Judged(first.judged().sample(), "raw", new Verdict.Rewarded(3, "raw")), 1);
        assertThatThrownBy(() -> paired(1, DIVERSE, List.of(rewarded)))
                .hasMessageContaining("\"raw\" does not say whether sample \"sample/1/p1/0\" is right");
        assertThatThrownBy(() -> new Selection.Diverse(Selection.Measure.BOTH, 0.6))
                .hasMessageContaining("[0, 0.5] but was 0.6");
        assertThat(Selection.Diverse.standard()).isEqualTo(new Selection.Diverse(Selection.Measure.EMBEDDING, 0.1));
    }

    @Test
    void a_soft_score_below_a_full_mark_is_wrong() {
        Pooled first = Pools.of(1, "r1").getFirst();
        Pooled soft = new Pooled(new Judged(first.judged().sample(), "soft", new Verdict.Scored(0.9, "soft")), 1);
        assertThat(soft.side()).isEqualTo(Side.WRONG);
    }
}
