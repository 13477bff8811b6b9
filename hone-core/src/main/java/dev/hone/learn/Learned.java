package dev.hone.learn;

import dev.hone.data.Model;
import java.util.List;

/// What came out of learning.
///
/// @param losses of each optimizer step, in order
/// @param tokens that counted in the loss, over all steps
public record Learned(Model model, List<Double> losses, long tokens) {

    public Learned {
        losses = List.copyOf(losses);
    }
}
