package dev.hone.method.selfexplore;

/// How the solutions to a task's problems look.
///
/// @param rules which of them count
/// @param split what their steps are
/// @param answer how they announce their final answer
public record Style(Rules rules, StepSplit split, FinalAnswer answer) {}
