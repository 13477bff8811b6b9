package dev.hone.torch.learn;

import dev.hone.learn.Training.Stopping;
import dev.hone.torch.file.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Early stopping: measures a loss now and then, keeps the weights at which it was lowest, and says when to
/// end.
///
/// @param examples those that are held out; none unless [Stopping.HeldOut]
/// @param steps of the whole training
/// @param best where the best weights are kept while learning goes on
public record HeldOut(Stopping stopping, List<Integer> examples, int steps, Path best) {

    /// Measures if it is time to, and keeps the weights if they are the best so far.
    void measure(TrainingState state, ToDoubleFunction<List<Integer>> loss) {
        if (!(stopping instanceof Stopping.HeldOut(int _, int every, int _))
                || state.heldOut.size() == due(state, every)) {
            return;
        }
        double measured = loss.applyAsDouble(examples);
        boolean isBest = state.heldOut.stream().allMatch(before -> measured < before);
        state.heldOut.add(measured);
        if (isBest) {
            try {
                Files.createDirectories(best.getParent());
            } catch (IOException broken) {
                throw Fault.storage("cannot write " + best, broken);
            }
            state.saveWeights(best);
        }
    }

    /// How many measurements there are once those of this moment are made.
    private int due(TrainingState state, int every) {
        return state.step() / every + 1 + (state.step() == steps && steps % every != 0 ? 1 : 0);
    }

    boolean isOver(TrainingState state) {
        return state.step() >= steps
                || (stopping instanceof Stopping.HeldOut(int _, int _, int patience) && sinceBest(state) >= patience);
    }

    private static int sinceBest(TrainingState state) {
        int since = 0;
        double best = Double.POSITIVE_INFINITY;
        for (double loss : state.heldOut) {
            since = loss < best ? 0 : since + 1;
            best = Math.min(best, loss);
        }
        return since;
    }

    /// The weights that learning ends with.
    void takeBest(TrainingState state) {
        if (stopping instanceof Stopping.HeldOut) {
            state.loadWeights(best);
        }
    }
}
