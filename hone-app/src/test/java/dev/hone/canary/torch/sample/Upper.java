package dev.hone.canary.torch.sample;

import dev.hone.canary.torch.kernel.Lower;
import java.util.List;

/// Public because of another room of the engine.
public record Upper(List<Lower> below) {}
