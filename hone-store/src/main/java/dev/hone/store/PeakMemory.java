package dev.hone.store;

/// The most memory that the process held at once.
///
/// @param resident bytes of the machine's memory, everything together
/// @param heap bytes that the Java heap had of the system when that was read
public record PeakMemory(long resident, long heap) {

    /// Bytes outside of the Java heap: the engine's weights, caches and activations, and the JVM's own. A
    /// little less than that, where the heap had room that nothing had touched.
    public long nativeBytes() {
        return Math.max(0, resident - heap);
    }
}
