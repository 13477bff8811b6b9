package dev.hone.torch.gguf;

import dev.hone.torch.file.Weight;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A parameter in a GGUF file that is open.
///
/// @param shape row-major, the reverse of ggml's order
/// @param data its blocks in the mapped file
record GgufTensor(String name, GgufType type, List<Integer> shape, MemorySegment data) {

    /// In float32, a new array.
    float[] values() {
        return GgufBlocks.values(type, data, (int) Weight.count(shape));
    }
}
