/// Four habits: why one model improves under reinforcement learning and another does not, and how priming
/// it with habits of thought makes it improve.
///
/// **Paper** Gandhi et al. 2025, arXiv:2503.01307.
/// **Status** faithful; on Countdown a model primed with searches and comparisons ends at 46.9% (pass@1), one
/// with answers alone 23.2 [18.5, 27.9] below, with fillers 29.3, with nothing 44.6; searches cut while wrong
/// are no better than fillers, and reinforcement adds little (three seeds, docs/results/four-habits.md)
///
/// **In** a model and Countdown problems. **Out** a model that was primed with traces of a search, or with
/// a control, and then reinforced. Nothing here asks another model what a thought is like: habits are
/// counted by a grammar.
///
/// Start at [FourHabits]; [PrimingSet] lists the sets, the grammar is at `Line`.
@NullMarked
package dev.hone.method.fourhabits;

import org.jspecify.annotations.NullMarked;
