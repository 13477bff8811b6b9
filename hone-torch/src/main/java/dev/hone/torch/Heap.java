package dev.hone.torch;

/// The Java heap after work that filled it with arrays as large as a model.
final class Heap {
    private Heap() {}

    /// Collects now. The collector would first let the heap grow to its limit, and learning's weights, gradients and
    /// moments of every round would lie in it side by side.
    static void release() {
        System.gc();
    }
}
