package dev.hone.app.settings;

/// Where the local engine computes.
public enum DeviceChoice {
    /// On a GPU where libtorch for CUDA is on the class path and sees one, else on the processor;
    /// found out when the run starts and kept with it.
    AUTO,
    CPU,
    CUDA
}
