package dev.hone.torch.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.setting.Dtype;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedMatrixTest {
    private static final int IN = 48;
    private static final int ROWS = 5;

    @ParameterizedTest
    @ValueSource(ints = {2, 40, 64, 96, 100, 200, 576, 960})
    void what_it_multiplies_to_does_not_depend_on_the_threads_that_it_is_cut_for(int out) {
        Weight weight = new Weight(List.of(out, IN), numbers(out * IN));
        for (Dtype dtype : Dtype.values()) {
            float[] expected = multiplied(weight, dtype, 1);
            for (int threads = 2; threads <= 4; threads++) {
                assertThat(multiplied(weight, dtype, threads))
                        .as("%s, %d threads", dtype, threads)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64, 100, 576})
    void a_row_is_the_weights_of_its_output(int out) {
        Weight weight = new Weight(List.of(out, IN), numbers(out * IN));
        float[] row = new float[IN];
        try (var arena = Arena.ofShared();
                var gang = new Gang(2)) {
            PackedMatrix matrix =
                    PackedMatrix.of(Brgemm.of(Dtype.FLOAT32), arena, gang, 2, Tensors.of(Map.of("w", weight)), "w");
            for (int output = 0; output < out; output++) {
                matrix.row(output, row, 0);
                assertThat(row).containsExactly(Arrays.copyOfRange(weight.values(), output * IN, (output + 1) * IN));
            }
        }
    }

    /// `[rows][out]`, block by block.
    private static float[] multiplied(Weight weight, Dtype dtype, int threads) {
        try (var arena = Arena.ofShared();
                var gang = new Gang(2)) {
            PackedMatrix matrix =
                    PackedMatrix.of(Brgemm.of(dtype), arena, gang, threads, Tensors.of(Map.of("w", weight)), "w");
            Inputs inputs = Inputs.of(dtype, PackedMatrix.padded(ROWS) * IN);
            inputs.set(0, numbers(ROWS * IN), 0, ROWS * IN);
            float[] result = new float[PackedMatrix.padded(ROWS) * matrix.out()];
            int covered = 0;
            for (int block = 0; block < matrix.blocks(); block++) {
                assertThat(matrix.first(block)).isEqualTo(covered);
                covered += matrix.width(block);
                MemorySegment column = MemorySegment.ofArray(result).asSlice(4L * matrix.first(block));
                matrix.multiply(block, 0, ROWS, inputs, column, matrix.out(), false);
            }
            assertThat(covered).isEqualTo(matrix.out());
            return result;
        }
    }

    private static float[] numbers(int count) {
        var random = new Random(7);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
