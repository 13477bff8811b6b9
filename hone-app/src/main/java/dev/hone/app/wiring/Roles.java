package dev.hone.app.wiring;

import dev.hone.generate.Generator;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.select.Recording;
import dev.hone.select.Selector;

/// Who does what in a run; each writes down what it does.
///
/// @param recording of selectors that a method makes itself
public record Roles(Generator generator, Judge judge, Selector selector, Recording recording, Learner learner) {}
