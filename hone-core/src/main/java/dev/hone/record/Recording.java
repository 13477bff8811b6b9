package dev.hone.record;

import dev.hone.judge.Judge;
import dev.hone.select.Selector;

/// Puts on record what judges and selectors say that a method makes itself, as that of those that it is given.
public interface Recording {
    /// Keeps nothing.
    Recording NONE = new Recording() {
        @Override
        public Judge record(String name, Judge judge) {
            return judge;
        }

        @Override
        public Selector record(String name, Selector selector) {
            return selector;
        }
    };

    /// @param name the same in every execution of the run, and another one for each judge
    /// @return says what `judge` says; what is on record is read, so that a judge which asks a model asks once
    @SuppressWarnings("overloads") // roles are classes; a lambda has to be given its role's type before it is recorded
    Judge record(String name, Judge judge);

    /// @param name the same in every execution of the run, and another one for each selector
    /// @return decides like `selector`; what is on record is read
    @SuppressWarnings("overloads") // as above
    Selector record(String name, Selector selector);
}
