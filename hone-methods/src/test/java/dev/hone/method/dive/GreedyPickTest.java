package dev.hone.method.dive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Embedding;
import dev.hone.generate.HashedNGrams;
import dev.hone.measure.diversity.DistinctN;
import dev.hone.measure.diversity.EmbeddingDiversity;
import dev.hone.method.dive.Selection.Measure;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GreedyPickTest {
    private static final Seed SEED = new Seed(5);

    private static Candidate candidate(String text) {
        return new Candidate(
                Pools.of(1, text).getFirst(), HashedNGrams.standard().embed(text), Wording.of(text));
    }

    private static List<Candidate> texts() {
        SplittableRandom random = new Seed(3).random();
        List<Candidate> texts = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            StringBuilder text = new StringBuilder("r");
            for (int word = random.nextInt(2, 9); word > 0; word--) {
                text.append(' ').append(random.nextInt(12)).append(" + ").append(random.nextInt(30));
            }
            texts.add(candidate(text.toString()));
        }
        return texts;
    }

    /// The same choice with the whole set measured anew for every candidate.
    private static List<Candidate> slowly(
            List<Candidate> texts, int wanted, Function<List<Candidate>, OptionalDouble> diversity) {
        List<Candidate> left = new ArrayList<>(texts);
        List<Candidate> picked =
                new ArrayList<>(List.of(left.remove(SEED.random().nextInt(left.size()))));
        while (picked.size() < wanted) {
            Candidate best = left.getFirst();
            double highest = Double.NEGATIVE_INFINITY;
            for (Candidate each : left) {
                List<Candidate> with = new ArrayList<>(picked);
                with.add(each);
                double value = diversity.apply(with).orElseThrow();
                if (value > highest) {
                    highest = value;
                    best = each;
                }
            }
            left.remove(best);
            picked.add(best);
        }
        return picked;
    }

    @Test
    void with_running_sums_the_choice_is_the_same_as_with_all_pairs_anew() {
        assertThat(new GreedyPick(Measure.EMBEDDING).from(texts(), 6, SEED))
                .isEqualTo(slowly(
                        texts(),
                        6,
                        set -> EmbeddingDiversity.of(
                                set.stream().map(Candidate::embedding).toList())));
        assertThat(new GreedyPick(Measure.DISTINCT_N).from(texts(), 6, SEED))
                .isEqualTo(slowly(
                        texts(),
                        6,
                        set -> DistinctN.mean(set.stream().map(Candidate::words).toList())));
    }

    private static Candidate made(String name, double angle, String... words) {
        var embedding = Embedding.of((float) Math.cos(angle), (float) Math.sin(angle));
        return new Candidate(Pools.of(1, name).getFirst(), embedding, List.of(words));
    }

    /// Beside the first (at 0 degrees, "a b"): x is farthest but says the same, y says other things nearby,
    /// z is second in both.
    @Test
    void both_measures_weigh_the_same_whatever_their_scales() {
        Candidate first = made("r0", 0, "a", "b");
        Candidate x = made("r1", 3.1, "a", "b");
        Candidate y = made("r2", 0.05, "c", "d");
        Candidate z = made("r3", 2.2, "b", "e");
        List<Candidate> all = List.of(x, y, z);
        List<List<String>> seconds = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Seed firstFirst = firstOf(4);
            List<Candidate> texts = new ArrayList<>(List.of(first));
            texts.addAll(all);
            seconds.add(List.of(
                    measure.name(),
                    new GreedyPick(measure)
                            .from(texts, 2, firstFirst)
                            .get(1)
                            .sample()
                            .text()));
        }
        assertThat(seconds)
                .containsExactly(List.of("EMBEDDING", "r1"), List.of("DISTINCT_N", "r2"), List.of("BOTH", "r3"));
    }

    /// A seed that picks the first of so many.
    private static Seed firstOf(int texts) {
        long value = 0;
        while (new Seed(value).random().nextInt(texts) != 0) {
            value++;
        }
        return new Seed(value);
    }

    @Test
    void the_first_is_drawn_by_the_seed_and_of_those_that_tie_the_first_is_taken() {
        List<Candidate> same = List.of(made("r0", 1, "a"), made("r1", 1, "a"), made("r2", 1, "a"));
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            firsts.add(new GreedyPick(Measure.BOTH)
                    .from(same, 1, new Seed(i))
                    .getFirst()
                    .sample()
                    .text());
        }
        assertThat(firsts).contains("r0", "r1", "r2");
        assertThat(new GreedyPick(Measure.BOTH).from(same, 3, firstOf(3)))
                .extracting(each -> each.sample().text())
                .containsExactly("r0", "r1", "r2");
    }

    @Test
    void a_text_that_cannot_be_compared_comes_last_and_fewer_than_wanted_are_all() {
        Candidate nowhere = new Candidate(Pools.of(1, "r9").getFirst(), Embedding.of(0, 0), List.of());
        List<Candidate> texts = List.of(made("r0", 0, "a"), nowhere, made("r1", 0, "a"));
        assertThat(new GreedyPick(Measure.EMBEDDING).from(texts, 5, firstOf(3)))
                .extracting(each -> each.sample().text())
                .containsExactly("r0", "r1", "r9");
        assertThat(new GreedyPick(Measure.EMBEDDING).from(List.of(), 5, SEED)).isEmpty();
    }
}
