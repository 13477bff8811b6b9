package dev.hone.method.selfexplore;

/// Cuts a solution into steps.
@FunctionalInterface
public interface StepSplit {

    /// @return no step where nothing but blanks is written
    Steps of(String text);
}
