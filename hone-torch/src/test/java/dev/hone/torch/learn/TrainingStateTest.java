package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingStateTest {
    @TempDir
    Path folder;

    private static TrainingState state(int steps, float weight) {
        var weights = new LinkedHashMap<String, Weight>();
        weights.put("w", new Weight(List.of(1), new float[] {weight}));
        var state = new TrainingState(weights);
        for (int step = 1; step <= steps; step++) {
            state.losses.add(1.0 / step);
        }
        return state;
    }

    private List<String> names() {
        return SafeFiles.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    @Test
    void a_step_that_is_on_disk_is_not_written_again() throws IOException {
        TrainingState state = state(3, 1);
        state.save(folder, "this");
        Path file = folder.resolve("step-000000003/state.safetensors");
        Object written = Files.readAttributes(file, "unix:ino").get("ino");
        state.save(folder, "this");
        TrainingState resumed = state(0, 0);
        assertThat(resumed.resume(folder, "this")).isTrue();
        resumed.save(folder, "this");
        assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.safetensors", "state.json"})
    void a_folder_that_was_cut_while_it_was_deleted_is_skipped(String gone) throws IOException {
        state(3, 1).save(folder, "this");
        Path whole = folder.resolve("step-000000003");
        Path cut = Files.createDirectory(folder.resolve("step-000000007"));
        for (Path file : SafeFiles.list(whole)) {
            if (!file.endsWith(gone)) {
                Files.copy(file, cut.resolve(file.getFileName()));
            }
        }
        TrainingState resumed = state(0, 0);
        assertThat(resumed.resume(folder, "this")).isTrue();
        assertThat(resumed.step()).isEqualTo(3);
        assertThat(resumed.weight("w")).containsExactly(1);
    }

    @Test
    void a_later_state_of_another_training_hides_none_of_this_one_and_goes_with_the_next() throws IOException {
        state(7, 2).save(folder, "another");
        Path other = Files.move(folder.resolve("step-000000007"), folder.resolve("aside"));
        state(3, 1).save(folder, "this");
        Files.move(other, folder.resolve("step-000000007"));

        TrainingState resumed = state(0, 0);
        assertThat(resumed.resume(folder, "this")).isTrue();
        assertThat(resumed.step()).isEqualTo(3);
        resumed.losses.add(0.1);
        resumed.save(folder, "this");
        assertThat(names()).containsExactly("step-000000004");
    }

    @Test
    void the_same_step_of_another_training_is_replaced() {
        state(3, 2).save(folder, "another");
        state(3, 1).save(folder, "this");
        TrainingState resumed = state(0, 0);
        assertThat(resumed.resume(folder, "another")).isFalse();
        assertThat(resumed.resume(folder, "this")).isTrue();
        assertThat(resumed.weight("w")).containsExactly(1);
        assertThat(names()).containsExactly("step-000000003");
    }
}
