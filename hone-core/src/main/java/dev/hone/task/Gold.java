package dev.hone.task;

import dev.hone.data.Problem;
import java.util.Optional;

/// What is known beforehand of how training problems are solved: their answers, or worked answers.
@FunctionalInterface
public interface Gold {

    /// @return empty where nothing is known of the problem
    /// @throws IllegalArgumentException if the problem is not for training: by what others judge or measure,
    ///     nobody is helped
    Optional<String> of(Problem problem);
}
