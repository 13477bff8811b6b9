package dev.hone.data;

import java.util.ArrayList;
import java.util.List;

/// What a learner learns from. The kinds differ in what a loss needs to see, so that an objective for one
/// kind does not compile on another.
public sealed interface Examples {

    int size();

    /// Completions to imitate.
    record Demonstrations(List<Demonstration> all) implements Examples {
        public Demonstrations {
            all = List.copyOf(all);
        }

        @Override
        public int size() {
            return all.size();
        }

        public Demonstrations plus(Demonstrations more) {
            List<Demonstration> joined = new ArrayList<>(all);
            joined.addAll(more.all);
            return new Demonstrations(joined);
        }
    }
}
