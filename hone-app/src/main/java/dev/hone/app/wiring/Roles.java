package dev.hone.app.wiring;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.Embedder;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.record.Recording;
import dev.hone.select.Selector;
import java.util.SequencedMap;

/// Who does what in a run, and what it begins with; each role that costs or decides writes down what it does.
///
/// @param generator draws what is learned from, on the run's budget
/// @param measuring draws what is only looked at, on no budget
/// @param likelihood is not on record: it says the same again, and a judge made from it can be recorded
/// @param answers reads what samples answer, for a vote that needs no reference
/// @param given the model before any warm start, for methods that learn anew from it
/// @param known of training problems
/// @param recording of judges and selectors that a method makes itself
/// @param worked problems with the answer that the warm start taught of each; empty without one
public record Roles(
        Model given,
        Known known,
        Generator generator,
        Generator measuring,
        Likelihood likelihood,
        Embedder embedder,
        Judge judge,
        AnswerReader answers,
        Selector selector,
        Recording recording,
        Learner learner,
        SequencedMap<Problem, String> worked) {}
