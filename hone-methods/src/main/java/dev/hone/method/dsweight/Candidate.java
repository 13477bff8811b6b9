package dev.hone.method.dsweight;

import dev.hone.data.Sample;

/// A sample whose answer is that of most samples of its question.
///
/// @param loss of its tokens under the base model, the end included, nats a token, at least 0
/// @param disagreement of its question's answers, in `[0, 1]`
record Candidate(Sample sample, double loss, double disagreement) {}
