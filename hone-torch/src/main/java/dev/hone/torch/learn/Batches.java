package dev.hone.torch.learn;

import dev.hone.learn.Training;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Which examples each optimizer step sees.
///
/// @param examples how many there are to learn from
public record Batches(int examples, Training training, Seed seed) {

    public int steps() {
        return training.length().steps(examples, training.batch());
    }

    /// The examples of one optimizer step, counted from 0.
    List<Integer> at(int step) {
        int perPass = Math.ceilDiv(examples, training.batch());
        int[] order = order(step / perPass);
        int from = step % perPass * training.batch();
        List<Integer> batch = new ArrayList<>();
        for (int i = from; i < Math.min(examples, from + training.batch()); i++) {
            batch.add(order[i]);
        }
        return batch;
    }

    /// Those of all steps.
    public List<List<Integer>> all() {
        return IntStream.range(0, steps()).mapToObj(this::at).toList();
    }

    private int[] order(int pass) {
        int[] indices = IntStream.range(0, examples).toArray();
        if (training.order() == Training.Order.SHUFFLED) {
            SplittableRandom random = seed.derive("order").derive(pass).random();
            for (int i = examples - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int moved = indices[i];
                indices[i] = indices[other];
                indices[other] = moved;
            }
        }
        return indices;
    }
}
