package dev.hone.canary.app.right;

import dev.hone.canary.app.left.Left;

/// One half of a cycle.
public interface Right {
    Left left();
}
