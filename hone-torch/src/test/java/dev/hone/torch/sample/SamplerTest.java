package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Warping;
import dev.hone.run.Seed;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.Brgemm;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.kernel.PackedMatrix;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /// Room for several pages, and two query heads to a key head.
    private static final DecoderConfig CONFIG = Tiny.config(4, 2, 8, 192);

    private final Gang gang = new Gang(1);
    private final List<BatchWeights> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(BatchWeights::close);
        gang.close();
    }

    private static RowProduct fast() {
        return Brgemm.of(Dtype.FLOAT32);
    }

    /// Weights large enough that distributions are far from even.
    private BatchWeights weights(RowProduct product) {
        var weights = RandomWeights.of(CONFIG, new Seed(3));
        weights.replaceAll((name, weight) -> {
            float[] values = weight.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= weight.shape().size() == 1 ? 1 : 12;
            }
            return new Weight(weight.shape(), values);
        });
        BatchWeights packed = BatchWeights.of(CONFIG, Tensors.of(weights), product, gang);
        opened.add(packed);
        return packed;
    }

    private static List<Sampler.Request> ragged(int count, Random random) {
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = new int[1 + random.nextInt(30)];
            for (int j = 0; j < prompt.length; j++) {
                prompt[j] = random.nextInt(CONFIG.vocabulary());
            }
            long[] seeds = random.longs(1 + random.nextInt(5)).toArray();
            double temperature = i % 7 == 0 ? 0 : i % 3 == 0 ? 0.7 : 1;
            requests.add(new Sampler.Request(prompt, seeds, temperature, 1 + random.nextInt(30), new int[] {2}));
        }
        return requests;
    }

    private static List<Sampler.Drawn> draw(
            BatchWeights weights, int rows, int threads, List<Sampler.Request> requests) {
        return new Sampler(weights, rows, threads)
                .draw(requests, done -> {}).stream().flatMap(List::stream).toList();
    }

    private static void assertSameBits(List<Sampler.Drawn> actual, List<Sampler.Drawn> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).tokens())
                    .as("tokens of %d", i)
                    .isEqualTo(expected.get(i).tokens());
            assertThat(bits(actual.get(i))).as("log-probabilities of %d", i).isEqualTo(bits(expected.get(i)));
        }
    }

    private static int[] bits(Sampler.Drawn drawn) {
        int[] bits = new int[drawn.logProbs().length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(drawn.logProbs()[i]);
        }
        return bits;
    }

    @Test
    void a_sample_has_the_same_bits_at_any_batch_size_and_any_number_of_threads() {
        BatchWeights weights = weights(fast());
        List<Sampler.Request> requests = ragged(200, new Random(1));
        List<Sampler.Drawn> expected = draw(weights, 64, 1, requests);
        for (int rows : new int[] {1, 64, 300}) {
            for (int threads : new int[] {1, 2, 3}) {
                assertSameBits(draw(weights, rows, threads, requests), expected);
            }
        }
    }

    @Test
    void a_sample_has_the_same_bits_alone_and_in_any_company() {
        BatchWeights weights = weights(fast());
        List<Sampler.Request> requests = ragged(60, new Random(2));
        List<List<Sampler.Drawn>> together = new Sampler(weights, 64, 2).draw(requests, done -> {});
        for (int i = 0; i < requests.size(); i += 9) {
            assertSameBits(draw(weights, 64, 1, List.of(requests.get(i))), together.get(i));
        }
        List<Sampler.Request> reversed = new ArrayList<>(requests);
        Collections.reverse(reversed);
        var backwards = new Sampler(weights, 128, 1).draw(reversed, done -> {});
        for (int i = 0; i < requests.size(); i++) {
            assertSameBits(backwards.get(requests.size() - 1 - i), together.get(i));
        }
    }

    @Test
    void a_seed_draws_the_same_with_its_siblings_and_without() {
        BatchWeights weights = weights(fast());
        var all = draw(
                weights,
                64,
                1,
                List.of(new Sampler.Request(new int[] {1, 5, 9}, new long[] {1, 2, 3}, 1, 20, new int[] {2})));
        var third = draw(
                weights, 64, 1, List.of(new Sampler.Request(new int[] {1, 5, 9}, new long[] {3}, 1, 20, new int[] {2
                })));
        assertSameBits(third, all.subList(2, 3));
    }

    @Test
    void a_sample_is_as_independent_with_the_plain_product() {
        BatchWeights weights = weights(new RowProduct.Plain(Dtype.FLOAT32));
        List<Sampler.Request> requests = ragged(40, new Random(4));
        assertSameBits(draw(weights, 256, 2, requests), draw(weights, 64, 1, requests));
    }

    @Test
    void the_plain_product_is_the_same_function() {
        List<Sampler.Request> requests = ragged(20, new Random(8));
        for (Dtype dtype : Dtype.values()) {
            List<Sampler.Drawn> plain = draw(weights(new RowProduct.Plain(dtype)), 16, 1, requests);
            List<Sampler.Drawn> quick = draw(weights(Brgemm.of(dtype)), 16, 1, requests);
            int alike = 0;
            for (int i = 0; i < plain.size(); i++) {
                if (Arrays.equals(plain.get(i).tokens(), quick.get(i).tokens())) {
                    alike++;
                    assertThat(quick.get(i).logProbs())
                            .usingComparatorWithPrecision(0.05f)
                            .containsExactly(plain.get(i).logProbs());
                }
            }
            assertThat(alike).as("alike in %s", dtype).isGreaterThan(plain.size() * 9 / 10);
        }
    }

    @Test
    void a_sample_has_the_same_bits_in_bfloat16_too() {
        BatchWeights weights = weights(Brgemm.of(Dtype.BFLOAT16));
        List<Sampler.Request> requests = ragged(200, new Random(9));
        List<Sampler.Drawn> expected = draw(weights, 64, 1, requests);
        for (int rows : new int[] {1, 5, 100}) {
            assertSameBits(draw(weights, rows, 2, requests), expected);
        }
    }

    /// Every way to draw: warped, stopped, masked, and plain ones among them.
    private static List<Sampler.Request> manners(Random random) {
        List<Warping> warpings = List.of(
                Warping.NONE,
                Warping.NONE.withTopK(5),
                Warping.NONE.withTopP(0.8).withRepetitionPenalty(1.2),
                Warping.NONE.withMinP(0.05).withBias(new TreeMap<>(Map.of(4, 2.0))));
        List<Sampler.Request> requests = new ArrayList<>();
        for (Sampler.Request plain : ragged(120, random)) {
            int number = requests.size();
            Stop stop = number % 5 == 0 ? (drawn, count) -> drawn[count - 1] == 7 : Stop.NEVER;
            Guide guide = number % 3 == 0 ? EVEN_THEN_ODD : Guide.FREE;
            var manner = new Sampler.Manner(plain.manner().temperature(), warpings.get(number % 4), stop, guide);
            requests.add(new Sampler.Request(plain.prompt(), plain.seeds(), manner, plain.limits(), plain.ends()));
        }
        return requests;
    }

    /// Tokens with even ids and those with odd ones in turn.
    private static final Guide EVEN_THEN_ODD = new Guide() {
        @Override
        public int start() {
            return 0;
        }

        @Override
        public long[] allowed(int state) {
            return new long[] {state == 0 ? 0x5555555555555555L : 0xaaaaaaaaaaaaaaaaL};
        }

        @Override
        public int next(int state, int token) {
            return 1 - state;
        }
    };

    @Test
    void a_sample_has_the_same_bits_in_any_company_however_it_is_drawn() {
        for (Dtype dtype : Dtype.values()) {
            BatchWeights weights = weights(Brgemm.of(dtype));
            List<Sampler.Request> requests = manners(new Random(11));
            List<Sampler.Drawn> expected = draw(weights, 64, 1, requests);
            assertSameBits(draw(weights, 1, 1, requests), expected);
            assertSameBits(draw(weights, 7, 2, requests), expected);
            assertSameBits(draw(weights, 300, 3, requests), expected);
        }
    }

    /// Prompts of 33 to 80 tokens, most of which begin like others, for a page or more; up to six completions of each.
    private static List<Sampler.Request> branching(Random random) {
        int[][] trunks = new int[3][];
        for (int i = 0; i < trunks.length; i++) {
            trunks[i] = random.ints(70, 0, CONFIG.vocabulary()).toArray();
        }
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int[] prompt = Arrays.copyOf(trunks[random.nextInt(3)], 33 + random.nextInt(48));
            for (int j = i % 10 == 0 ? 31 : 32 + random.nextInt(8); j < prompt.length; j++) {
                prompt[j] = random.nextInt(CONFIG.vocabulary());
            }
            requests.add(new Sampler.Request(
                    prompt, random.longs(1 + random.nextInt(6)).toArray(), 1, 45, new int[] {2}));
        }
        return requests;
    }

    @Test
    void prompts_that_begin_alike_give_the_bits_that_each_gives_alone() {
        for (Dtype dtype : Dtype.values()) {
            BatchWeights weights = weights(Brgemm.of(dtype));
            List<Sampler.Request> requests = branching(new Random(13));
            List<Sampler.Drawn> alone = new ArrayList<>();
            requests.forEach(request -> alone.addAll(draw(weights, 4, 1, List.of(request))));
            for (int rows : new int[] {1, 5, 200}) {
                assertSameBits(draw(weights, rows, 1, requests), alone);
            }
            assertSameBits(draw(weights, 64, 8, requests), alone);
        }
    }

    @Test
    void prompts_that_begin_alike_share_pages() {
        // 20 prompts of 41 tokens and 20 drawn, all but the last alike: 1 page for all, 1 page each; else 40
        int[] trunk = new Random(14).ints(41, 0, CONFIG.vocabulary()).toArray();
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int[] prompt = trunk.clone();
            prompt[40] = i;
            requests.add(new Sampler.Request(prompt, new long[] {1}, 1, 20, new int[0]));
        }
        BatchWeights weights = weights(fast());
        var queue = new Sampler.Queue(requests, new Sampler.Drawn[20][], done -> {});
        try (var batch = new DrawingBatch(weights, gang, 20, 61, queue)) {
            batch.run();
            assertThat(batch.pages()).isEqualTo(21);
        }
    }

    @Test
    void no_more_prompts_are_read_than_there_is_room_to_draw_from() {
        // 2 prompts at a time have a row for each completion, and one more may be read beside the last row of these:
        // a page each, one page for what was read last, and one a row
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int[] prompt = new Random(i).ints(32, 0, CONFIG.vocabulary()).toArray();
            requests.add(new Sampler.Request(prompt, new long[] {1, 2, 3, 4}, 1, 20, new int[0]));
        }
        var queue = new Sampler.Queue(requests, new Sampler.Drawn[12][], done -> {});
        try (var batch = new DrawingBatch(weights(fast()), gang, 8, 52, queue)) {
            batch.run();
            assertThat(batch.pages()).isBetween(2 + 8, 3 + 1 + 8);
        }
    }

    @Test
    void a_completion_keeps_to_its_guide_and_ends_where_its_stop_says() {
        List<Sampler.Request> requests = manners(new Random(12));
        var drawn = new Sampler(weights(fast()), 64, 2).draw(requests, done -> {});
        for (int i = 0; i < requests.size(); i++) {
            for (Sampler.Drawn each : drawn.get(i)) {
                int[] tokens = each.tokens();
                for (int j = 0; i % 3 == 0 && j < tokens.length; j++) {
                    assertThat(tokens[j] % 2).isEqualTo(j % 2);
                }
                boolean isStop = i % 5 == 0 && tokens[tokens.length - 1] == 7;
                assertThat(each.ending() == Sampler.Ending.STOPPED).isEqualTo(isStop);
            }
        }
    }

    @Test
    void log_probabilities_are_the_models_own_however_it_is_drawn() {
        BatchWeights weights = weights(fast());
        var warping = Warping.NONE.withTopK(1).withBias(new TreeMap<>(Map.of(5, 1000.0)));
        var biased = new Sampler.Request(
                new int[] {1, 7},
                new long[] {1},
                new Sampler.Manner(0.5, warping, Stop.NEVER, Guide.FREE),
                1,
                new int[0]);
        var drawn = draw(weights, 1, 1, List.of(biased)).getFirst();
        assertThat(drawn.tokens()).containsExactly(5);
        long[] seeds = new Random(6).longs(4000).toArray();
        var plain = draw(weights, 64, 1, List.of(new Sampler.Request(new int[] {1, 7}, seeds, 1, 1, new int[0])));
        var same = plain.stream().filter(each -> each.tokens()[0] == 5).findFirst();
        assertThat(same).isPresent();
        assertThat(bits(drawn)).isEqualTo(bits(same.orElseThrow()));
    }

    @Test
    void a_bias_for_a_token_that_is_none_is_refused() {
        var warping = Warping.NONE.withBias(new TreeMap<>(Map.of(5000, 1.0)));
        var request = new Sampler.Request(
                new int[] {1}, new long[] {1}, new Sampler.Manner(1, warping, Stop.NEVER, Guide.FREE), 1, new int[0]);
        assertThatThrownBy(() -> draw(weights(fast()), 1, 1, List.of(request))).hasMessageContaining("5000");
    }

    @Test
    void a_number_of_a_product_does_not_depend_on_what_is_computed_beside_it_here() {
        for (Dtype dtype : Dtype.values()) {
            RowProduct product = Brgemm.of(dtype);
            assertThat(product).isInstanceOf(Brgemm.class);
            for (int k : new int[] {2, 32, 48, 64, 576, 1536}) {
                assertThat(Brgemm.treatsAlike(product, PackedMatrix.heights(), PackedMatrix.widths(200), k))
                        .as("%s, k = %d", dtype, k)
                        .isTrue();
            }
        }
    }

    @Test
    void different_seeds_draw_different_completions_and_equal_seeds_equal_ones() {
        BatchWeights weights = weights(fast());
        var drawn = draw(
                weights,
                64,
                1,
                List.of(new Sampler.Request(new int[] {1, 5}, new long[] {8, 9, 8}, 1, 25, new int[0])));
        assertThat(drawn.get(0).tokens())
                .isEqualTo(drawn.get(2).tokens())
                .isNotEqualTo(drawn.get(1).tokens());
    }

    @Test
    void a_completion_ends_with_the_end_token_or_at_the_limit() {
        BatchWeights weights = weights(fast());
        for (Sampler.Drawn drawn : draw(weights, 64, 1, ragged(200, new Random(5)))) {
            int[] tokens = drawn.tokens();
            assertThat(tokens).isNotEmpty().hasSameSizeAs(drawn.logProbs());
            assertThat(drawn.ending() == Sampler.Ending.ENDED).isEqualTo(tokens[tokens.length - 1] == 2);
            assertThat(Arrays.stream(tokens).limit(tokens.length - 1)).doesNotContain(2);
        }
    }

    @Test
    void drawing_follows_the_distribution() {
        // 4,000 first tokens of one prompt: a token of probability p comes 4000 p times, give or take 5 deviations
        BatchWeights weights = weights(fast());
        long[] seeds = new Random(6).longs(4000).toArray();
        var drawn =
                draw(weights, 256, 2, List.of(new Sampler.Request(new int[] {1, 7, 8}, seeds, 1, 1, new int[] {2})));
        int[] counts = new int[CONFIG.vocabulary()];
        double[] probabilities = new double[CONFIG.vocabulary()];
        for (Sampler.Drawn each : drawn) {
            counts[each.tokens()[0]]++;
            probabilities[each.tokens()[0]] = Math.exp(each.logProbs()[0]);
        }
        for (int v = 0; v < counts.length; v++) {
            double p = probabilities[v];
            assertThat(Math.abs(counts[v] - 4000 * p)).isLessThanOrEqualTo(5 * Math.sqrt(4000 * p * (1 - p)) + 1);
        }
    }

    @Test
    void a_prompt_that_does_not_fit_is_refused() {
        var tooLong = new Sampler.Request(new int[188], new long[] {1}, 1, 10, new int[] {2});
        assertThatThrownBy(() -> draw(weights(fast()), 64, 1, List.of(tooLong)))
                .hasMessageContaining("188 tokens")
                .hasMessageContaining("192");
    }
}
