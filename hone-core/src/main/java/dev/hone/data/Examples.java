package dev.hone.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// What a learner learns from. The kinds differ in what a loss needs to see, so that an objective for one
/// kind does not compile on another.
public sealed interface Examples {

    /// The examples in the order given; what a batch is counted in.
    List<?> all();

    default int size() {
        return all().size();
    }

    /// Completions to imitate.
    record Demonstrations(List<Demonstration> all) implements Examples {
        public Demonstrations {
            all = List.copyOf(all);
        }

        /// Worked answers under their problems' prompts, each named after its problem.
        public static Demonstrations worked(SequencedMap<Problem, String> answers) {
            return new Demonstrations(answers.entrySet().stream()
                    .map(each ->
                            Demonstration.of(each.getKey().id(), each.getKey().prompt(), each.getValue()))
                    .toList());
        }

        public Demonstrations plus(Demonstrations more) {
            List<Demonstration> joined = new ArrayList<>(all);
            joined.addAll(more.all);
            return new Demonstrations(joined);
        }
    }

    /// Pairs of completions of which one is better.
    record Preferences(List<Preference> all) implements Examples {
        public Preferences {
            all = List.copyOf(all);
        }
    }

    /// Completions called desirable or not, unpaired.
    record Labelled(List<LabelledCompletion> all) implements Examples {
        public Labelled {
            all = List.copyOf(all);
        }
    }

    /// Completions of one prompt each, with how relevant each is.
    record Rankings(List<Ranking> all) implements Examples {
        public Rankings {
            all = List.copyOf(all);
        }
    }

    /// Solutions of which each step is called right or wrong.
    record LabelledSteps(List<StepLabels> all) implements Examples {
        public LabelledSteps {
            all = List.copyOf(all);
        }
    }

    /// Samples with rewards, in groups by problem.
    record Rollouts(List<RolloutGroup> all) implements Examples {
        public Rollouts {
            all = List.copyOf(all);
        }
    }

    /// Rationales with the answer that they should make likely, in groups by problem.
    record Rationales(List<RationaleGroup> all) implements Examples {
        public Rationales {
            all = List.copyOf(all);
        }
    }
}
