package dev.hone.app.wiring;

import dev.hone.generate.Generator;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.measure.Exam;
import dev.hone.run.Run;
import dev.hone.select.Selector;
import java.util.Map;

/// A run that writes down what the roles do, and reads it instead of doing it again.
public interface Recording extends Run {

    String id();

    /// Drawing that counts as sampling.
    Generator sampling(Generator generator);

    /// Drawing that counts as measuring.
    Generator measuring(Generator generator);

    Judge judging(Judge judge);

    Selector selecting(Selector selector);

    Learner learning(Learner learner);

    Exam examining(Exam exam);

    /// Seconds of `sample`, `judge`, `learn` and `measure` so far, over all starts of the run.
    Map<String, Double> phaseSeconds();
}
