package dev.hone.generate;

import dev.hone.data.Embedding;
import dev.hone.run.Step;
import java.util.List;

/// Says where texts lie: alike ones near each other.
public interface Embedder {

    /// An embedding depends on its text alone, not on the others.
    ///
    /// @return one a text, in the order given, all of one dimension
    List<Embedding> embed(List<String> texts, Step step);
}
