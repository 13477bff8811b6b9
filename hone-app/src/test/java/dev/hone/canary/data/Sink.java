package dev.hone.canary.data;

import dev.hone.canary.run.Clockwork;

/// A value that imports another room, which closes a cycle.
record Sink(Clockwork clockwork) {}
