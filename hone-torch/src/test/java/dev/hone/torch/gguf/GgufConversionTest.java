package dev.hone.torch.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Model;
import dev.hone.run.HoneException;
import dev.hone.torch.LocalModels;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.SpecialText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufConversionTest {
    @TempDir
    Path folder;

    private LocalModels models() {
        return Tiny.models(folder.resolve("models"));
    }

    private static Path fixture(String name) {
        return Tiny.resource("/gguf/" + name + ".gguf");
    }

    private long directories() {
        return SafeFiles.list(folder.resolve("models")).stream()
                .filter(Files::isDirectory)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31", "qwen25", "qwen3"})
    void a_gguf_file_becomes_a_directory_that_is_read_as_any_other(String name) {
        Model model = models().open(fixture(name));
        var loaded = LoadedModel.of(ModelDirectory.open(Path.of(model.location())), SpecialText.TEXT);
        assertThat(loaded.weights().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        loaded.config().parameters().keySet());
        assertThat(loaded.tokenizer().encode("ABCA")).containsExactly(29, 5, 3);
        assertThat(loaded.ends()).containsExactly(2);
        assertThat(SafeFiles.text(Path.of(model.location()).resolve("tokenizer_config.json")))
                .contains("{{ message.content }}");
        try (GgufFile file = GgufFixtures.file(name)) {
            assertThat(loaded.config().toJson()).isEqualTo(GgufConfig.of(file).toJson());
        }
    }

    @Test
    void the_same_content_is_converted_once_wherever_it_lies() throws IOException {
        Model first = models().open(fixture("llama"));
        Path copy = Files.copy(fixture("llama"), folder.resolve("copy.gguf"));
        Path weights = Path.of(first.location()).resolve("model.safetensors");
        var written = Files.getLastModifiedTime(weights);
        Model second = models().open(copy);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.location()).isEqualTo(first.location());
        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(written);
        assertThat(models().open(fixture("llama31")).id()).isNotEqualTo(first.id());
        assertThat(directories()).isEqualTo(2);
    }

    @Test
    void a_conversion_that_was_killed_is_done_again() throws IOException {
        Model first = models().open(fixture("llama"));
        Path place = Path.of(first.location());
        Path half = place.resolveSibling("." + place.getFileName());
        Files.move(place, half);
        assertThat(models().open(fixture("llama")).id()).isEqualTo(first.id());
        assertThat(half).doesNotExist();
    }

    @Test
    void a_conversion_that_was_killed_is_swept_and_finished_ones_stay() throws IOException {
        Path killed = Files.createDirectories(folder.resolve("models/.gguf1-0123/model"));
        Files.writeString(killed.resolve("model.safetensors"), "half");
        Model whole = models().open(fixture("llama")); // another file than the one that was cut
        assertThat(killed.getParent()).doesNotExist();
        Files.createDirectories(killed);
        models().sweep();
        assertThat(killed.getParent()).doesNotExist();
        assertThat(models().open(fixture("llama")).location()).isEqualTo(whole.location());
        assertThat(directories()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_refused_leaves_nothing_behind() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("llama"));
        Path cut = folder.resolve("cut.gguf");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> models().open(cut))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("cut.gguf")
                .hasMessageContaining("fetch the file again");
        assertThatThrownBy(() -> models().open(fixture("smollm"))).hasMessageContaining("embedding_length");
        assertThat(directories()).isZero();
    }

    @Test
    void a_file_of_another_kind_is_refused_by_its_name() throws IOException {
        Path other = Files.writeString(folder.resolve("model.bin"), "x");
        assertThatThrownBy(() -> models().open(other))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("model.bin is a file")
                .hasMessageContaining(".gguf");
        assertThatThrownBy(() -> models().open(folder.resolve("none.gguf"))).hasMessageContaining("none.gguf");
    }
}
