/// Four habits: why one model improves under reinforcement learning and another does not, and how priming
/// it with habits of thought makes it improve.
///
/// **Paper** Gandhi et al. 2025, arXiv:2503.01307.
/// **Status** faithful
///
/// **In** a model and Countdown problems. **Out** a model that was primed with traces of a search, or with
/// a control, and then reinforced. Nothing here asks another model what a thought is like: habits are
/// counted by a grammar.
///
/// Start at [FourHabits]; [PrimingSet] lists the sets, the grammar is at `Line`.
@NullMarked
package dev.hone.method.fourhabits;

import org.jspecify.annotations.NullMarked;
