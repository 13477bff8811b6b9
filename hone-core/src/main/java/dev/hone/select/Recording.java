package dev.hone.select;

/// Puts on record what selectors decide that a method makes itself, round by round, as that of the selectors that it is
/// given.
public interface Recording {
    /// Keeps nothing.
    Recording NONE = (_, selector) -> selector;

    /// @param name the same in every execution of the run, and another one for each selector
    /// @return decides like `selector`; what is on record is read
    Selector record(String name, Selector selector);
}
