package dev.hone.learn;

/// Checks of parameters, written so that NaN fails too.
final class Ranges {
    private Ranges() {}

    static void positive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name, "a finite number above 0", value);
    }

    static void notNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), name, "a finite number of at least 0", value);
    }

    static void share(String name, double value) {
        require(value >= 0 && value <= 1, name, "in [0, 1]", value);
    }

    static void require(boolean holds, String name, String allowed, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + allowed + " but was " + value);
        }
    }
}
