package dev.hone.canary.torch;

/// What the rest may use of an engine.
public final class Door {}
