package dev.hone.torch.setting;

/// In which numbers the products of a model are computed; sums are float32 in both.
public enum Dtype {
    FLOAT32(4),
    /// Weights, inputs of products, keys and values have 8 significant bits. Half the memory, and faster on processors
    /// that multiply it.
    BFLOAT16(2);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /// Of one number.
    public int bytes() {
        return bytes;
    }
}
