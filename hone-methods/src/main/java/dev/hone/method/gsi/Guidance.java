package dev.hone.method.gsi;

import dev.hone.data.Model;
import dev.hone.data.Sampling;
import dev.hone.data.Warping;
import dev.hone.generate.HintText;
import dev.hone.task.Gold;

/// What a model gets to see when it is asked again; one kind a run.
///
/// **Paper** card gsi, "The four guidance types".
public sealed interface Guidance {
    /// The name of a place in a [HintText].
    String ANSWER = "answer";

    String SOLUTION = "solution";
    String ATTEMPT = "attempt";
    String CRITIQUE = "critique";

    /// Nothing: the brute-force baseline, which draws again.
    record None() implements Guidance {}

    /// Answer-driven: the problem with its answer.
    ///
    /// @param text with `{answer}`
    record Answer(Gold answers, HintText text) implements Guidance {}

    /// Rationale-driven: the problem with a worked answer, and the request for one of its own.
    ///
    /// @param text with `{solution}`
    record Rationale(Gold solutions, HintText text) implements Guidance {}

    /// Interactive: a teacher, who sees the last wrong attempt and a worked answer, says what is wrong;
    /// the model sees its attempt and that critique.
    ///
    /// @param teacher any model that the generator draws from
    /// @param sampling of the critique
    /// @param asked what the teacher sees, with `{attempt}` and `{solution}`
    /// @param shown what the model sees, with `{attempt}` and `{critique}`
    record Teacher(Gold solutions, Model teacher, Sampling sampling, HintText asked, HintText shown)
            implements Guidance {

        /// Temperature 1, from the likeliest 95%.
        ///
        /// @param maxTokens of a critique, at least 1
        public static Sampling asInPaper(int maxTokens) {
            return new Sampling(1, maxTokens).with(Warping.NONE.withTopP(0.95));
        }
    }

    /// State reset: the plain problem, and the beginning of a worked answer, from which the model goes
    /// on. What it goes on from belongs to the sample.
    record StateReset(Gold solutions, PrefixSchedule schedule) implements Guidance {}
}
