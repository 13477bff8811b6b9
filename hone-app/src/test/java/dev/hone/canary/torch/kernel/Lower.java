package dev.hone.canary.torch.kernel;

import dev.hone.canary.torch.Door;
import dev.hone.canary.torch.sample.Upper;

/// Uses the room above it, and the door.
public record Lower(Upper above, Door door) {}
