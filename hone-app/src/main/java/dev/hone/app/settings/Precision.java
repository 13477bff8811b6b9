package dev.hone.app.settings;

/// In which numbers the local engine multiplies.
public enum Precision {
    /// Float32 for a small model; for a large one what is faster on this machine, found out when the run starts and
    /// kept with it.
    AUTO,
    FLOAT32,
    BFLOAT16
}
