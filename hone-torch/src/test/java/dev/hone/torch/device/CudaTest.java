package dev.hone.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import dev.hone.torch.setting.Device;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CudaTest {

    @Test
    void each_reason_against_it_says_what_to_do() {
        for (Cuda cuda : Cuda.values()) {
            if (cuda == Cuda.READY) {
                cuda.refuseUnlessReady();
            } else {
                assertThatThrownBy(cuda::refuseUnlessReady)
                        .isInstanceOf(HoneException.class)
                        .hasMessageMatching("cannot compute on a GPU: .+; .+, or take the device cpu");
            }
        }
    }

    @Test
    void what_gives_the_same_bits_each_time_can_be_asked_for() {
        try (var _ = new PointerScope()) {
            var context = torch.globalContext();
            try {
                Cuda.computeTheSameEachTime();
                assertThat(context.deterministicAlgorithms()).isTrue();
                assertThat(context.deterministicFillUninitializedMemory()).isFalse();
            } finally {
                context.setDeterministicAlgorithms(Tiny.device() == Device.CUDA, false);
            }
        }
    }

    @Test
    void an_ordinary_build_has_no_natives_for_it() {
        assumeThat(Libtorch.isForCuda())
                .as("libtorch for CUDA is on the class path")
                .isFalse();
        assertThat(Cuda.here()).isEqualTo(Cuda.NO_NATIVES);
    }
}
