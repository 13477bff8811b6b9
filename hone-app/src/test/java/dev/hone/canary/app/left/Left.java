package dev.hone.canary.app.left;

import dev.hone.canary.app.right.Right;

/// One half of a cycle.
public interface Left {
    Right right();
}
