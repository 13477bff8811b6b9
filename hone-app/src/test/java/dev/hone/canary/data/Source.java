package dev.hone.canary.data;

/// What the other side of the cycle imports.
public record Source(int value) {}
