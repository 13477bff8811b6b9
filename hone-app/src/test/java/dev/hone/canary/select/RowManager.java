package dev.hone.canary.select;

/// A name that says nothing.
final class RowManager {
    private RowManager() {}
}
