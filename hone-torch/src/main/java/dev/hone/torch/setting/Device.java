package dev.hone.torch.setting;

/// Where a model is computed.
public enum Device {
    /// This machine's processor.
    CPU,
    /// The first GPU that CUDA names.
    CUDA
}
