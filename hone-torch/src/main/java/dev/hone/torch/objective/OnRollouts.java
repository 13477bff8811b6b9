package dev.hone.torch.objective;

import java.util.List;

/// An objective on rollouts; an example is a problem with all that was drawn for it.
interface OnRollouts extends Criterion {

    /// By problem.
    List<List<Drawn>> groups();

    @Override
    default int examples() {
        return groups().size();
    }

    @Override
    default List<Text> texts() {
        return groups().stream().flatMap(List::stream).map(Drawn::text).toList();
    }
}
