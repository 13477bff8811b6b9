package dev.hone.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.torch.Tiny;
import dev.hone.torch.setting.Device;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final float[] NUMBERS = {1, -2, 3.5f, 4, 5, 6};

    private final Transfer transfer = new Transfer(Tiny.device());

    private static float[] read(Tensor tensor) {
        float[] numbers = new float[(int) tensor.numel()];
        Transfer.read(tensor, numbers, 0, numbers.length);
        return numbers;
    }

    @Test
    void what_is_put_there_comes_back() {
        try (var _ = new PointerScope()) {
            assertThat(read(transfer.put(NUMBERS, 2, 3))).containsExactly(NUMBERS);
            Tensor whole = transfer.put(new long[] {7, 1L << 40}, 2);
            assertThat(whole.select(0, 1).item_long()).isEqualTo(1L << 40);
        }
    }

    @Test
    void what_lies_in_another_order_comes_back_row_by_row() {
        try (var _ = new PointerScope()) {
            assertThat(read(transfer.put(NUMBERS, 2, 3).t())).containsExactly(1, 4, -2, 5, 3.5f, 6);
        }
    }

    @Test
    void a_draft_of_one_that_lies_elsewhere_is_taken_over() {
        try (var _ = new PointerScope()) {
            for (torch.ScalarType type : new torch.ScalarType[] {torch.ScalarType.Float, torch.ScalarType.BFloat16}) {
                Tensor draft = Transfer.onHostLike(transfer.put(Tensor.create(NUMBERS, 2, 3), type));
                assertThat(draft.shape()).containsExactly(2, 3);
                assertThat(draft.scalar_type().intern()).isEqualTo(type);
                assertThat(draft.is_cpu()).isTrue();
            }
            Tensor tensor = transfer.put(new float[6], 2, 3);
            Tensor draft = Transfer.onHostLike(tensor);
            FloatBuffer buffer = draft.createBuffer();
            buffer.put(NUMBERS);
            tensor.copy_(draft);
            assertThat(read(tensor)).containsExactly(NUMBERS);
        }
    }

    @Test
    void on_the_cpu_nothing_is_copied_twice() {
        var cpu = new Transfer(Device.CPU);
        try (var _ = new PointerScope()) {
            Tensor tensor = Tensor.create(NUMBERS, 2, 3);
            assertThat(cpu.put(tensor, torch.ScalarType.Float).is_same(tensor)).isTrue();
            assertThat(cpu.draft(tensor).is_same(tensor)).isTrue();
            assertThat(Transfer.onHost(tensor).is_same(tensor)).isTrue();
        }
    }

    @Test
    void a_gpu_has_one_thread_that_gives_it_work() {
        assertThat(new Transfer(Device.CPU).threads(4)).isEqualTo(4);
        assertThat(new Transfer(Device.CUDA).threads(4)).isEqualTo(1);
    }
}
