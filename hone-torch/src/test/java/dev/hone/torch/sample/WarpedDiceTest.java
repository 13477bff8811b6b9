package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Warping;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WarpedDiceTest {
    private static final int VOCABULARY = 700;
    private static final long[] ALL = {};
    private static final WarpedDice.Past NOTHING = new WarpedDice.Past(new int[0], new int[0], 0);

    private static final List<Warping> WARPINGS = List.of(
            Warping.NONE,
            Warping.NONE.withTopK(1),
            Warping.NONE.withTopK(20),
            Warping.NONE.withTopK(5000),
            Warping.NONE.withTopP(0.3),
            Warping.NONE.withTopP(0.9),
            Warping.NONE.withTopP(0.999),
            Warping.NONE.withMinP(0.1),
            Warping.NONE.withRepetitionPenalty(1.3),
            Warping.NONE.withBias(new TreeMap<>(Map.of(3, 4.0, 60, -9.0))),
            Warping.NONE.withTopK(30).withTopP(0.8).withMinP(0.05).withRepetitionPenalty(0.8));

    private static float[] logits(Random random) {
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        return logits;
    }

    /// The probabilities in plain double: every step as its definition has it, on the whole vocabulary,
    /// sorted.
    private static double[] twin(
            float[] logits, double temperature, Warping warping, Set<Integer> seen, Set<Integer> allowed) {
        double[] scores = new double[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            double penalty = seen.contains(i) ? warping.repetitionPenalty() : 1;
            scores[i] = logits[i] > 0 ? logits[i] / penalty : logits[i] * penalty;
            scores[i] = (scores[i] + warping.bias().getOrDefault(i, 0.0)) / temperature;
        }
        List<Integer> order = new ArrayList<>(allowed);
        order.sort(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i));
        if (warping.topK() > 0) {
            order = order.subList(0, Math.min(warping.topK(), order.size()));
        }
        double top = scores[order.getFirst()];
        double total =
                order.stream().mapToDouble(i -> Math.exp(scores[i] - top)).sum();
        List<Integer> kept = new ArrayList<>();
        double before = 0;
        for (int i : order) {
            double share = Math.exp(scores[i] - top) / total;
            boolean inNucleus = before < warping.topP();
            before += share;
            if (inNucleus && share >= warping.minP() / total) {
                kept.add(i);
            }
        }
        double sum = kept.stream().mapToDouble(i -> Math.exp(scores[i] - top)).sum();
        double[] probabilities = new double[VOCABULARY];
        kept.forEach(i -> probabilities[i] = Math.exp(scores[i] - top) / sum);
        return probabilities;
    }

    /// The same uniform number through the twin's probabilities, in the order of the ids.
    private static int pick(double[] probabilities, double uniform) {
        double below = 0;
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                below += probabilities[i];
                last = i;
                if (below > uniform) {
                    return i;
                }
            }
        }
        return last;
    }

    @Test
    void it_draws_what_the_plain_twin_draws() {
        Random random = new Random(1);
        var dice = new WarpedDice(VOCABULARY);
        int draws = 0;
        int alike = 0;
        for (int round = 0; round < 40; round++) {
            float[] logits = logits(random);
            double temperature = round % 2 == 0 ? 1 : 0.6;
            int[] prompt = random.ints(40, 0, VOCABULARY).toArray();
            int[] drawn = random.ints(40, 0, VOCABULARY).toArray();
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                seen.add(prompt[i]);
                if (i < 7) {
                    seen.add(drawn[i]);
                }
            }
            long[] mask = round % 4 == 3 ? random.longs(VOCABULARY / 64 + 1).toArray() : ALL;
            Set<Integer> allowed = new HashSet<>();
            for (int i = 0; i < VOCABULARY; i++) {
                if (mask.length == 0 || ((mask[i / 64] >>> i) & 1) == 1) {
                    allowed.add(i);
                }
            }
            for (Warping warping : WARPINGS) {
                double[] probabilities = twin(logits, temperature, warping, seen, allowed);
                for (int i = 0; i < 10; i++) {
                    double uniform = random.nextDouble();
                    int token = dice.draw(
                            logits, 0, temperature, warping, new WarpedDice.Past(prompt, drawn, 7), mask, uniform);
                    assertThat(probabilities[token]).as("%s", warping).isPositive();
                    draws++;
                    alike += token == pick(probabilities, uniform) ? 1 : 0;
                }
            }
        }
        assertThat(draws - alike)
                .as("of %d draws at the border of two tokens", draws)
                .isLessThanOrEqualTo(2);
    }

    /// `src/test/python/warping_fixtures.py`
    @Test
    void it_draws_what_the_warpers_of_transformers_leave() {
        JsonNode cases = Json.object(SafeFiles.text(Tiny.resource("/warping/expected.json")), "expected.json")
                .path("cases");
        assertThat(cases.size()).isPositive();
        for (JsonNode each : cases) {
            float[] logits = new float[each.path("logits").size()];
            double[] probabilities = new double[logits.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = each.path("logits").get(i).floatValue();
                probabilities[i] = each.path("probabilities").path("" + i).asDouble(0);
            }
            int[] seen =
                    each.path("seen").valueStream().mapToInt(JsonNode::asInt).toArray();
            TreeMap<Integer, Double> bias = new TreeMap<>();
            each.path("bias")
                    .properties()
                    .forEach(one -> bias.put(
                            Integer.valueOf(one.getKey()), one.getValue().asDouble()));
            var warping = new Warping(
                    each.path("top_k").asInt(0),
                    each.path("top_p").asDouble(1),
                    each.path("min_p").asDouble(0),
                    each.path("repetition_penalty").asDouble(1),
                    bias);
            var dice = new WarpedDice(logits.length);
            var past = new WarpedDice.Past(seen, new int[0], 0);
            int alike = 0;
            for (int i = 0; i < 2000; i++) {
                double uniform = (i + 0.5) / 2000;
                int token = dice.draw(logits, 0, each.path("temperature").asDouble(1), warping, past, ALL, uniform);
                assertThat(probabilities[token]).as("%s", warping).isPositive();
                alike += token == pick(probabilities, uniform) ? 1 : 0;
            }
            assertThat(alike).as("%s", warping).isGreaterThanOrEqualTo(1998);
        }
    }

    @Test
    void draws_follow_the_twins_distribution() {
        Random random = new Random(2);
        float[] logits = logits(random);
        Set<Integer> all = new HashSet<>();
        for (int i = 0; i < VOCABULARY; i++) {
            all.add(i);
        }
        var dice = new WarpedDice(VOCABULARY);
        for (Warping warping : WARPINGS) {
            int[] counts = new int[VOCABULARY];
            for (int i = 0; i < 4000; i++) {
                counts[dice.draw(logits, 0, 1, warping, NOTHING, ALL, random.nextDouble())]++;
            }
            double[] probabilities = twin(logits, 1, warping, Set.of(), all);
            for (int i = 0; i < VOCABULARY; i++) {
                double p = probabilities[i];
                assertThat(Math.abs(counts[i] - 4000 * p)).isLessThanOrEqualTo(5 * Math.sqrt(4000 * p * (1 - p)) + 1);
            }
        }
    }

    @Test
    void of_equal_logits_the_lower_ids_stay() {
        float[] logits = new float[VOCABULARY]; // all alike, 0 and -0
        for (int i = 0; i < VOCABULARY; i += 2) {
            logits[i] = -0f;
        }
        var dice = new WarpedDice(VOCABULARY);
        Set<Integer> drawn = new HashSet<>();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            drawn.add(dice.draw(logits, 0, 1, Warping.NONE.withTopK(4), NOTHING, ALL, random.nextDouble()));
            // 700 tokens alike: 3 have less than 0.005 of the mass, 4 have more
            drawn.add(dice.draw(logits, 0, 1, Warping.NONE.withTopP(0.005), NOTHING, ALL, random.nextDouble()));
        }
        assertThat(drawn).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(dice.draw(logits, 0, 0, Warping.NONE.withTopK(4), NOTHING, ALL, 0.9))
                .isZero();
    }

    @Test
    void a_penalty_counts_once_however_often_a_token_was_met() {
        // 2.2 / 1.5 = 1.47 > 1.4 > 2.2 / 1.6 = 1.375; twice, 2.2 / 1.5^2 = 0.98 < 1.4
        float[] logits = new float[VOCABULARY];
        logits[0] = 2.2f;
        logits[1] = 1.4f;
        var past = new WarpedDice.Past(new int[] {0, 0}, new int[] {0, 0}, 1);
        var dice = new WarpedDice(VOCABULARY);
        assertThat(dice.draw(logits, 0, 0, Warping.NONE.withRepetitionPenalty(1.5), past, ALL, 0))
                .isZero();
        assertThat(dice.draw(logits, 0, 0, Warping.NONE.withRepetitionPenalty(1.6), past, ALL, 0))
                .isOne();
    }

    @Test
    void a_penalty_makes_a_negative_logit_more_negative() {
        float[] logits = new float[VOCABULARY];
        Arrays.fill(logits, -9);
        logits[4] = -1;
        logits[5] = -1.2f;
        var past = new WarpedDice.Past(new int[] {4}, new int[0], 0);
        var dice = new WarpedDice(VOCABULARY);
        assertThat(dice.draw(logits, 0, 0, Warping.NONE.withRepetitionPenalty(1.1), past, ALL, 0))
                .isEqualTo(4);
        assertThat(dice.draw(logits, 0, 0, Warping.NONE.withRepetitionPenalty(1.3), past, ALL, 0))
                .isEqualTo(5);
    }

    @Test
    void a_token_that_is_not_allowed_never_comes_however_hot() {
        float[] logits = logits(new Random(4));
        long[] allowed = new long[VOCABULARY / 64 + 1];
        allowed[1] = 0b101; // tokens 64 and 66
        var dice = new WarpedDice(VOCABULARY);
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            drawn.add(dice.draw(logits, 0, 50, Warping.NONE, NOTHING, allowed, i / 100.0));
        }
        assertThat(drawn).containsExactlyInAnyOrder(64, 66);
    }

    @Test
    void a_very_small_temperature_takes_the_likeliest() {
        float[] logits = logits(new Random(5));
        var dice = new WarpedDice(VOCABULARY);
        int greedy = dice.draw(logits, 0, 0, Warping.NONE.withTopK(9), NOTHING, ALL, 0.5);
        assertThat(dice.draw(logits, 0, 1e-300, Warping.NONE.withTopK(9), NOTHING, ALL, 0.5))
                .isEqualTo(greedy);
    }
}
