package dev.hone.torch.learn;

import java.nio.file.Path;

/// Where the state of a training is kept while it goes on.
///
/// @param folder need not exist yet
/// @param fingerprint of all that decides the result: a state of anything else must not be continued
/// @param every after how many optimizer steps the state is written
public record Checkpoints(Path folder, String fingerprint, int every) {

    public boolean resume(TrainingState state) {
        return state.resume(folder, fingerprint);
    }

    void save(TrainingState state) {
        state.save(folder, fingerprint);
    }

    void saveIfTimely(TrainingState state) {
        if (state.step() % every == 0) {
            save(state);
        }
    }
}
