package dev.hone.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hone.torch.kernel.Brgemm;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class LibraryPagesTest {

    @Test
    void what_loading_read_of_libtorch_is_given_back_and_it_computes_as_before() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/smaps")), "this system has no smaps");
        Path library = Libtorch.folder().resolve(System.mapLibraryName("torch_cpu"));
        torch.set_num_threads(1);
        boolean isAlike = Brgemm.treatsAlike(Brgemm.of(Dtype.FLOAT32), new int[] {1, 64}, new int[] {64}, 64);
        assertThat(LibraryPages.resident(library)).isPositive();

        LibraryPages.giveBack(library);

        assertThat(LibraryPages.resident(library)).isLessThan(8L << 20);
        assertThat(Brgemm.treatsAlike(Brgemm.of(Dtype.FLOAT32), new int[] {1, 64}, new int[] {64}, 64))
                .isEqualTo(isAlike);
        assertThat(torch.get_num_threads()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_no_library_of_this_process_is_none_of_its_business() {
        assertThat(LibraryPages.resident(Path.of("pom.xml"))).isZero();
        LibraryPages.giveBack(Path.of("pom.xml"));
        LibraryPages.giveBack(Path.of("there is none"));
    }
}
