package dev.hone.run;

import dev.hone.data.Model;
import dev.hone.data.Verifier;
import java.util.SortedMap;
import java.util.function.Supplier;

/// One execution of a method. It gives the method named steps and takes the models that the method offers;
/// what the platform's examiner finds out about them never comes back.
public interface Run {

    /// The step `name` of `round`. Asked twice, it is the same step: its seed derives from the run's seed,
    /// the name and the round, and what it has finished already is read, not done again.
    ///
    /// @param round from 1; 0 for what happens once before the rounds
    Step step(String name, int round);

    /// Hands over the model of a round. The platform keeps it, and measures it after the method has ended.
    void offer(int round, Model model);

    /// Hands over what is to choose among samples of the model that is offered for the round. The platform keeps it,
    /// and after the method has ended measures how well it chooses; of several of a round all choose among the same
    /// samples.
    ///
    /// @param name in figures, another one for each verifier of a round; such as `verifier`
    void offerVerifier(int round, String name, Verifier verifier);

    /// Figures that belong to a step. A platform that keeps a record computes them once, so that a run which goes on
    /// needs neither the work nor the models again.
    ///
    /// @param what they are of; others of the step have another
    /// @param computed by name
    default SortedMap<String, Double> figures(Step step, String what, Supplier<SortedMap<String, Double>> computed) {
        return computed.get();
    }

    /// Tells listeners something.
    void tell(RunEvent event);
}
