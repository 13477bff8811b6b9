package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.torch.Tiny;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    private static final ModelDirectory MODEL = ModelDirectory.open(Tiny.resource("/parity/llama"));

    /// Texts of few different tokens, so that many begin alike and some are the same.
    private static List<Text> texts(int count, int longest, long seed) {
        var random = new SplittableRandom(seed);
        List<Text> texts = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            int length = random.nextInt(2, longest + 1);
            int[] ids = random.ints(length, 5, 7).toArray();
            float[] weights = new float[length];
            for (int i = 1; i < length; i++) {
                weights[i] = random.nextInt(3) == 0 ? 0 : 1;
            }
            int[] reads = IntStream.range(0, length)
                    .filter(i -> random.nextInt(4) == 0)
                    .toArray();
            texts.add(new Text(ids, weights, reads, 0.5 + random.nextInt(2)));
        }
        return texts;
    }

    private static List<Integer> way(Packing packing, long end) {
        List<Integer> way = new ArrayList<>();
        for (int at = (int) end; at >= 0; at = packing.parents()[at]) {
            way.addFirst(at);
        }
        return way;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 60, 300})
    void each_text_lies_whole_within_a_slice_and_sees_itself_alone(int longest) {
        List<Text> texts = texts(40, longest, longest);
        Packing packing = Packing.of(MODEL.config(), texts);
        float[] mask = packing.mask();
        int row = 0;
        int read = 0;
        for (int t = 0; t < texts.size(); t++) {
            Text text = texts.get(t);
            List<Integer> way = way(packing, packing.ends()[t]);
            assertThat(way).hasSize(text.ids().length);
            for (int j = 0; j < way.size(); j++) {
                int at = way.get(j);
                assertThat(packing.ids()[at]).isEqualTo(text.ids()[j]);
                assertThat(packing.positions()[at]).isEqualTo(j);
                int slice = at / packing.length() * packing.length();
                List<Integer> seen = IntStream.range(0, packing.length())
                        .filter(other -> mask[at * packing.length() + other] == 0)
                        .mapToObj(other -> slice + other)
                        .toList();
                assertThat(seen).isEqualTo(way.subList(0, j + 1));
                if (text.weights()[j] != 0) {
                    assertThat(packing.rows()[row]).isEqualTo(way.get(j - 1).longValue());
                    assertThat(packing.targets()[row]).isEqualTo(text.ids()[j]);
                    assertThat(packing.sharpness()[row++]).isEqualTo((float) (1 / text.temperature()));
                }
            }
            for (int place : text.reads()) {
                assertThat(packing.reads()[read++]).isEqualTo(way.get(place).longValue());
            }
        }
        assertThat(packing.rows()).hasSize(row);
        assertThat(packing.reads()).hasSize(read);
    }

    @Test
    void a_prompt_of_several_answers_is_there_once() {
        List<Text> texts = IntStream.range(0, 4)
                .mapToObj(t -> Text.completing(
                        IntStream.range(0, 40).map(j -> j < 30 ? j : j + t).toArray(), 10, 1))
                .toList();
        Packing packing = Packing.of(MODEL.config(), texts);
        Set<Integer> used = new HashSet<>();
        for (long end : packing.ends()) {
            used.addAll(way(packing, end));
        }
        assertThat(used).hasSize(30 + 4 * 10);
        assertThat(packing.slices()).isEqualTo(1);
    }

    @Test
    void texts_that_begin_alike_are_read_and_learned_from_as_if_each_were_alone() {
        List<Text> texts = texts(12, 9, 1);
        var together = new TrainingState(PassTest.weights());
        var alone = new TrainingState(PassTest.weights());
        try (var decoder = PassTest.decoder(PassTest.weights())) {
            List<Readout> read = read(decoder, texts, together);
            for (int t = 0; t < texts.size(); t++) {
                Readout one = read(decoder, List.of(texts.get(t)), alone).getFirst();
                assertThat(read.get(t).logProbs()).containsExactly(one.logProbs(), within(1e-5));
                assertThat(read.get(t).values()).containsExactly(one.values(), within(1e-5));
            }
        }
        together.weights.keySet().forEach(name -> {
            double norm = 0;
            double off = 0;
            for (int i = 0; i < together.gradient(name).length; i++) {
                norm += Math.pow(alone.gradient(name)[i], 2);
                off += Math.pow(alone.gradient(name)[i] - together.gradient(name)[i], 2);
            }
            assertThat(off).as(name).isLessThan(1e-9 * norm);
        });
    }

    /// The derivatives of the sum of all that is read, added to `sum`.
    private static List<Readout> read(TrainingDecoder decoder, List<Text> texts, TrainingState sum) {
        try (var _ = new PointerScope()) {
            Pass pass = new Pass(decoder, texts, Noise.none(), Activations.KEPT);
            List<Readout> read = pass.read();
            List<Readout> ones = read.stream()
                    .map(each -> new Readout(
                            IntStream.range(0, each.logProbs().length)
                                    .mapToDouble(_ -> 1)
                                    .toArray(),
                            IntStream.range(0, each.values().length)
                                    .mapToDouble(_ -> 1)
                                    .toArray()))
                    .toList();
            try (Gradients gradients = pass.gradients(ones)) {
                sum.weights.keySet().forEach(name -> gradients.addTo(name, sum.gradient(name)));
            }
            return read;
        }
    }
}
