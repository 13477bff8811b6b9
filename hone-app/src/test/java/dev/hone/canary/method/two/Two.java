package dev.hone.canary.method.two;

/// What another method leans on.
public record Two(int value) {}
