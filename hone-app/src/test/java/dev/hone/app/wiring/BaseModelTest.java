package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelTest {
    @TempDir
    private Path folder = Path.of("");

    /// A llama of one layer; see `gguf_fixtures.py` of hone-torch.
    private byte[] gguf() throws IOException {
        try (InputStream in = Objects.requireNonNull(BaseModelTest.class.getResourceAsStream("/chat.gguf"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_gguf_file_is_a_model_of_so_many_parameters() throws IOException {
        Path file = Files.write(folder.resolve("chat.gguf"), gguf());
        long attention = 4 * 32 * 32 - 2 * 16 * 32; // half as many key and value heads
        assertThat(BaseModel.named(file.toString()).parameters())
                .isEqualTo(416 * 32 + attention + 3 * 64 * 32 + 3 * 32);
    }

    @Test
    void weights_that_were_cut_in_their_first_bytes_are_refused() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.write(folder.resolve("model.safetensors"), new byte[] {8, 0, 0});
        assertThatThrownBy(() -> BaseModel.named(folder.toString()).parameters())
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("model.safetensors is no safetensors file", "fetch them anew");
    }

    @Test
    void a_file_that_is_cut_or_of_another_kind_is_refused_by_what_is_wrong() throws IOException {
        byte[] whole = gguf();
        Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> BaseModel.named(cut.toString()).parameters())
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("cut.gguf: tensor")
                .hasMessageContaining("fetch the file again");
        Path other = Files.write(folder.resolve("model.bin"), whole);
        assertThatThrownBy(() -> BaseModel.named(other.toString()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("model.bin is a file that does not end in .gguf; give a GGUF file");
        assertThatThrownBy(() -> BaseModel.named(folder.resolve("none.gguf").toString()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("none.gguf does not exist");
    }
}
