package dev.hone.task;

import dev.hone.data.Split;
import dev.hone.run.Seed;

/// Assigns what must not be torn apart to a split, for good: eight in ten to train, one to validation, one to
/// test. The key alone decides, on every machine and in every release.
public final class StableSplit {
    private static final Seed SPLITS = new Seed(0x73706c6974L);

    private StableSplit() {}

    /// @param key names everything that belongs together, such as the numbers of a problem in sorted order
    public static Split of(String key) {
        return switch ((int) Long.remainderUnsigned(SPLITS.derive(key).value(), 10)) {
            case 8 -> Split.VALIDATION;
            case 9 -> Split.TEST;
            default -> Split.TRAIN;
        };
    }
}
