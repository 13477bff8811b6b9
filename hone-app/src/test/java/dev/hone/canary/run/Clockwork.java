package dev.hone.canary.run;

import dev.hone.canary.data.Source;

/// One half of a cycle.
public record Clockwork(Source source) {}
