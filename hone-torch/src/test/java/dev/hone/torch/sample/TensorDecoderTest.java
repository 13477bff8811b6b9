package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.Distance;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.LogitBlend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// On the device of the tests: what draws on a GPU computes on the CPU here, by the same path.
class TensorDecoderTest {
    private static final DecoderConfig CONFIG = Tiny.config();

    private final Gang gang = new Gang(1);
    private final List<DrawingWeights> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(DrawingWeights::close);
        gang.close();
    }

    private <W extends DrawingWeights> W opened(W weights) {
        opened.add(weights);
        return weights;
    }

    /// Weights large enough that distributions are far from even.
    private static Tensors tensors(int seed) {
        Map<String, Weight> weights = RandomWeights.of(CONFIG, new Seed(seed));
        weights.replaceAll((name, weight) -> {
            float[] values = weight.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= weight.shape().size() == 1 ? 1 : 12;
            }
            return new Weight(weight.shape(), values);
        });
        return Tensors.of(weights);
    }

    private DrawingWeights tensor(int seed) {
        return opened(TensorWeights.of(CONFIG, tensors(seed), Tiny.device(), Dtype.FLOAT32));
    }

    private DrawingWeights java(int seed) {
        return opened(DrawingWeights.of(CONFIG, tensors(seed), Device.CPU, Dtype.FLOAT32, gang));
    }

    private static ModelDirectory model(String name) {
        return ModelDirectory.open(Tiny.resource("/parity/" + name));
    }

    private static JsonNode expected(String name) {
        return Json.object(SafeFiles.text(Tiny.resource("/parity/" + name).resolve("expected.json")), name);
    }

    private TensorWeights weights(ModelDirectory model, Dtype dtype) {
        return opened(TensorWeights.of(model.config(), model.tensors(), Tiny.device(), dtype));
    }

    private static int[] ids(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static double[] wide(float[] numbers, int from, int count) {
        double[] wide = new double[count];
        for (int i = 0; i < count; i++) {
            wide[i] = numbers[from + i];
        }
        return wide;
    }

    /// How far the logits after the last token are off, relative.
    private double off(String name, JsonNode ids, JsonNode logits, Dtype dtype, int chunk) {
        ModelDirectory model = model(name);
        int[] text = ids(ids);
        double[] last = {};
        try (var decoder = weights(model, dtype).decoder(gang, chunk, 1, text.length)) {
            var sequence = decoder.pages().sequence();
            for (int i = 0; i < text.length; i++) {
                decoder.add(sequence, text[i], i == text.length - 1);
                if (decoder.free() == 0 || i == text.length - 1) {
                    last = wide(decoder.step(), 0, model.config().vocabulary());
                }
            }
        }
        double[] wanted = logits.valueStream().mapToDouble(JsonNode::asDouble).toArray();
        return Distance.relative(new double[][] {wanted}, new double[][] {last});
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void in_chunks_of_any_size_the_logits_are_those_of_transformers(String name) {
        JsonNode expected = expected(name);
        for (int chunk : new int[] {64, 7, 1}) {
            assertThat(off(
                            name,
                            expected.path("long_input_ids"),
                            expected.path("long_logits_last"),
                            Dtype.FLOAT32,
                            chunk))
                    .as("%d at a time", chunk)
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void in_bfloat16_the_logits_are_those_of_transformers_within_its_bound(String name) {
        JsonNode expected = expected(name);
        for (int row = 0; row < expected.path("input_ids").size(); row++) {
            assertThat(off(
                            name,
                            expected.path("input_ids").path(row),
                            expected.path("logits_last").path(row),
                            Dtype.BFLOAT16,
                            64))
                    .isBetween(1e-4, 5e-2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void greedy_tokens_are_those_of_transformers(String name) {
        ModelDirectory model = model(name);
        JsonNode greedy = expected(name).path("greedy");
        List<Sampler.Request> requests = new ArrayList<>();
        for (JsonNode prompt : expected(name).path("prompts")) {
            requests.add(new Sampler.Request(
                    ids(prompt), new long[] {0}, 0, greedy.path(0).size(), new int[0]));
        }
        var drawn = new Sampler(weights(model, Dtype.FLOAT32), 64, 2).draw(requests, done -> {});
        assertThat(drawn).hasSize(greedy.size());
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.get(i).getFirst().tokens()).isEqualTo(ids(greedy.path(i)));
        }
    }

    /// Prompts of unequal length, most of which begin like others, for a page or more or less; several seeds each.
    private static List<Sampler.Request> requests(int count) {
        var random = new Random(13);
        int[][] trunks = new int[3][];
        for (int i = 0; i < trunks.length; i++) {
            trunks[i] = random.ints(45, 0, CONFIG.vocabulary()).toArray();
        }
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = Arrays.copyOf(trunks[random.nextInt(3)], 1 + random.nextInt(45));
            prompt[prompt.length - 1] = random.nextInt(CONFIG.vocabulary());
            long[] seeds = random.longs(1 + random.nextInt(4)).toArray();
            double temperature = i % 7 == 0 ? 0 : i % 3 == 0 ? 0.7 : 1;
            requests.add(new Sampler.Request(prompt, seeds, temperature, 1 + random.nextInt(19), new int[] {2}));
        }
        return requests;
    }

    /// A number that falls on the border of two tokens may be drawn as either: one completion in fifty.
    private static void assertAlike(List<List<Sampler.Drawn>> actual, List<List<Sampler.Drawn>> expected) {
        int all = 0;
        int alike = 0;
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).hasSameSizeAs(expected.get(i));
            for (int j = 0; j < expected.get(i).size(); j++) {
                Sampler.Drawn one = actual.get(i).get(j);
                Sampler.Drawn other = expected.get(i).get(j);
                all++;
                if (Arrays.equals(one.tokens(), other.tokens())) {
                    alike++;
                    assertThat(one.ending()).isEqualTo(other.ending());
                    assertThat(one.logProbs())
                            .usingComparatorWithPrecision(1e-3f)
                            .containsExactly(other.logProbs());
                }
            }
        }
        assertThat(alike).as("alike of %d", all).isGreaterThanOrEqualTo(all - all / 50);
    }

    @Test
    void it_draws_what_the_decoder_in_java_draws_however_many_rows_come_and_go() {
        List<Sampler.Request> requests = requests(60);
        var expected = new Sampler(java(3), 64, 1).draw(requests, done -> {});
        DrawingWeights weights = tensor(3);
        for (int rows : new int[] {1, 5, 64}) {
            assertAlike(new Sampler(weights, rows, 8).draw(requests, done -> {}), expected);
        }
    }

    @Test
    void the_same_batch_gives_the_same_bits_again() {
        DrawingWeights weights = tensor(3);
        var once = new Sampler(weights, 16, 1).draw(requests(40), done -> {});
        var again = new Sampler(weights, 16, 8).draw(requests(40), done -> {});
        for (int i = 0; i < once.size(); i++) {
            for (int j = 0; j < once.get(i).size(); j++) {
                assertThat(again.get(i).get(j).tokens())
                        .isEqualTo(once.get(i).get(j).tokens());
                assertThat(again.get(i).get(j).logProbs())
                        .containsExactly(once.get(i).get(j).logProbs());
            }
        }
    }

    @Test
    void models_in_lock_step_draw_what_they_draw_in_java() {
        var blend = LogitBlend.weighted(1.5, -0.5);
        List<Sampler.Request> requests = requests(10);
        var expected = new LockStep(List.of(java(3), java(4)), blend, gang, 4).draw(requests, done -> {});
        assertAlike(new LockStep(List.of(tensor(3), tensor(4)), blend, gang, 4).draw(requests, done -> {}), expected);
    }

    /// Logits after some more tokens of a sequence.
    private static double[] after(StepDecoder decoder, Pages.Sequence sequence, int... tokens) {
        for (int i = 0; i < tokens.length; i++) {
            decoder.add(sequence, tokens[i], i == tokens.length - 1);
        }
        return wide(decoder.step(), 0, CONFIG.vocabulary());
    }

    private static void close(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
        }
    }

    @Test
    void a_fork_goes_on_as_the_whole_text_would_and_leaves_its_origin_alone() {
        int[] text = new Random(5).ints(45, 0, CONFIG.vocabulary()).toArray();
        try (var decoder = tensor(3).decoder(gang, 64, 4, 64)) {
            var origin = decoder.pages().sequence();
            after(decoder, origin, text);
            for (int kept : new int[] {45, 40, 32, 31, 1}) {
                int[] whole = Arrays.copyOf(text, kept + 2);
                whole[kept] = 9;
                whole[kept + 1] = 4;
                var fork = origin.fork(kept);
                double[] forked = after(decoder, fork, 9, 4);
                close(forked, after(decoder, decoder.pages().sequence(), whole));
                fork.release();
            }
            int[] longer = Arrays.copyOf(text, 46);
            longer[45] = 3;
            close(after(decoder, origin, 3), after(decoder, decoder.pages().sequence(), longer));
        }
    }

    @Test
    void the_rows_of_a_step_do_not_see_each_other_nor_what_pages_held_before() {
        try (var decoder = tensor(3).decoder(gang, 128, 128, 64)) {
            double[] alone = after(decoder, decoder.pages().sequence(), 1, 5, 9);
            for (int round = 0; round < 2; round++) { // 100 pages, more than there are at first; then the same again
                List<Pages.Sequence> sequences = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    sequences.add(decoder.pages().sequence());
                }
                for (int token : new int[] {1, 5}) {
                    sequences.forEach(each -> decoder.add(each, token, false));
                    decoder.step();
                }
                for (int i = 0; i < 100; i++) {
                    decoder.add(sequences.get(i), i % 3 == 0 ? 9 : i % CONFIG.vocabulary(), true);
                }
                float[] logits = decoder.step().clone();
                for (int i = 0; i < 100; i += 3) {
                    close(wide(logits, i * CONFIG.vocabulary(), CONFIG.vocabulary()), alone);
                }
                sequences.forEach(each -> after(decoder, each, 7, 7, 7));
                sequences.forEach(Pages.Sequence::release);
            }
            assertThat(decoder.pages().made()).isEqualTo(101);
        }
    }
}
