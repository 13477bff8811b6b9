package dev.hone.judge;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;

/// A program that decides whether a text solves a problem. Malformed text is wrong or unjudged with a reason,
/// never an exception.
@FunctionalInterface
public interface Checker {
    Verdict check(Problem problem, String text);
}
