package dev.hone.data;

/// A measured number with its 95% interval.
///
/// @param name such as `pass@1`
/// @param low lower end of the interval; at most `value` for a bootstrap of a mean up to rounding
/// @param n how many problems it rests on; of 0 it is not a number
public record Figure(String name, double value, double low, double high, int n) {}
