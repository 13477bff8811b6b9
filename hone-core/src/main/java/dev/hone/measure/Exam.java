package dev.hone.measure;

import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.run.Step;

/// Measures a model. Its problems are the examiner's alone: no method holds an exam.
public interface Exam {
    Report examine(Model model, Step step);
}
