package dev.hone.canary.select;

/// A name that says nothing.
abstract class AbstractRow {}
