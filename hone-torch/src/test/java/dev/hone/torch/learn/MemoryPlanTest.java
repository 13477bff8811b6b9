package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.learn.Adaptation;
import dev.hone.run.HoneException;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final long GIB = 1L << 30;
    private static final long PARAMETERS = 134_515_008;
    private static final DecoderConfig SMOL = DecoderConfig.parse("""
            {"model_type": "llama", "vocab_size": 49152, "hidden_size": 576, "intermediate_size": 1536,
             "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3,
             "max_position_embeddings": 8192, "rms_norm_eps": 1e-5, "tie_word_embeddings": true}""", "config.json");
    private static final MemoryPlan.Work WORK = new MemoryPlan.Work(1024, 256);

    private static MemoryPlan plan(long frozen, long learning, int threads, Activations activations) {
        return MemoryPlan.of(SMOL, new Tuning.Size(frozen, learning), WORK, Dtype.FLOAT32, threads, activations);
    }

    @Test
    void it_adds_up() {
        // 134,515,008 weights of 4 bytes are 0.50 GiB; a gradient a thread, one in the heap; two moments
        MemoryPlan plan = plan(0, PARAMETERS, 1, Activations.KEPT);
        assertThat(plan.outside()).containsEntry("weights", 4 * PARAMETERS).containsEntry("gradients", 4 * PARAMETERS);
        assertThat(plan.heap()).containsEntry("optimizer", 8 * PARAMETERS).containsEntry("gradients", 4 * PARAMETERS);
        // 512 rows of 49,152 logits, twice
        assertThat(plan.outside()).containsEntry("logits", 8L * 512 * 49_152);
        // a token and layer: 8*576 + 4*1536 + 6*576 + 6*192 = 15,360 values, and 2*256*9 = 4,608 scores
        assertThat(plan.outside()).containsEntry("activations", 4 * (30L * 1024 * (15_360 + 4_608) + 1024 * 576));
        assertThat(plan.told()).startsWith("learning needs about ").contains("weights 0.50 GiB");
    }

    @Test
    void sizes_follow_from_shapes() {
        long head = SMOL.hidden();
        assertThat(Tuning.Size.of(SMOL, new Adaptation.Full(), HeadKind.REWARD))
                .isEqualTo(new Tuning.Size(0, PARAMETERS + head));
        var lora = new Adaptation.Lora(4, 8, 0, EnumSet.of(Adaptation.Target.KEY), Adaptation.Scaling.RANK);
        // a layer: 4 x 576 down and 192 x 4 up
        assertThat(Tuning.Size.of(SMOL, lora, HeadKind.VALUE))
                .isEqualTo(new Tuning.Size(PARAMETERS, 30 * (4 * 576 + 192 * 4) + head));
    }

    @Test
    void adapters_and_recomputing_need_less_threads_more() {
        long all = plan(0, PARAMETERS, 1, Activations.KEPT).bytes();
        assertThat(plan(PARAMETERS, 2_000_000, 1, Activations.KEPT).bytes()).isLessThan(all - 4 * 3 * 130_000_000L);
        assertThat(plan(0, PARAMETERS, 1, Activations.RECOMPUTED).bytes()).isLessThan(all - 2 * GIB);
        assertThat(plan(0, PARAMETERS, 2, Activations.KEPT).bytes()).isGreaterThan(all + 4 * PARAMETERS);
    }

    @Test
    void what_cannot_fit_is_refused_with_numbers_and_a_way_out() {
        MemoryPlan plan = plan(0, PARAMETERS, 1, Activations.KEPT);
        assertThatCode(() -> plan.refuseUnlessItFits(new MemoryPlan.Room(16 * GIB, 8 * GIB)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> plan.refuseUnlessItFits(new MemoryPlan.Room(16 * GIB, GIB)))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("the heap may grow to 1.00 GiB", "-Xmx", "optimizer 1.00 GiB");
        assertThatThrownBy(() -> plan.refuseUnlessItFits(new MemoryPlan.Room(4 * GIB, 3 * GIB)))
                .hasMessageContainingAll("this machine has 4.00 GiB", "adapter");
    }

    @Test
    void a_step_computes_no_more_at_once_than_half_a_batch_or_a_piece() {
        List<Text> texts = IntStream.range(0, 400)
                .mapToObj(i -> Text.completing(new int[100], 10, 1))
                .toList();
        assertThat(MemoryPlan.Work.of(texts, 400, 8, 2048)).isEqualTo(new MemoryPlan.Work(400, 200));
        assertThat(MemoryPlan.Work.of(texts, 200, 8, 2048)).isEqualTo(new MemoryPlan.Work(800, 200)); // pairs
        assertThat(MemoryPlan.Work.of(texts, 400, 64, 2048)).isEqualTo(new MemoryPlan.Work(2048, 200));
        assertThat(MemoryPlan.Work.of(texts, 400, 1, 64)).isEqualTo(new MemoryPlan.Work(200, 200));
    }
}
