package dev.hone.app;

import java.util.List;

/// Resident memory in the course of rounds of the same work. The first third of the rounds warms up: caches fill, code
/// is compiled.
///
/// @param readings in the order of time, at least one in each round
/// @param rounds at least 4
record MemoryCourse(List<Reading> readings, int rounds) {
    /// By which memory may differ and is flat.
    static final double FLAT_PERCENT = 5;

    /// @param round from 1
    /// @param done how far the work had come, in rounds
    record Reading(int round, double done, long megabytes) {}

    MemoryCourse {
        readings = List.copyOf(readings);
    }

    /// The last round that warms up.
    int warm() {
        return Math.ceilDiv(rounds, 3);
    }

    /// The most in a round, in MB.
    long most(int round) {
        return readings.stream()
                .filter(reading -> reading.round == round)
                .mapToLong(Reading::megabytes)
                .max()
                .orElseThrow();
    }

    /// From the last round that warms up to the last one.
    double grownPercent() {
        return 100.0 * (most(rounds) - most(warm())) / most(warm());
    }

    boolean isFlat() {
        return grownPercent() <= FLAT_PERCENT;
    }
}
