package dev.hone.method.dive;

import dev.hone.data.Embedding;
import java.util.List;

/// A sample with what its difference from others is read from.
///
/// @param words in their order
record Candidate(Pooled sample, Embedding embedding, List<String> words) {}
