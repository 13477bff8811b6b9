package dev.hone.run;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// A seed that derives from names, so that a sample does not depend on order, threads or batches.
public record Seed(long value) {

    /// The seed of something named, below this one. FNV-1a over the name's UTF-8, mixed with this seed by the
    /// finalizer of MurmurHash3; equal names give equal seeds on every machine.
    public Seed derive(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        return new Seed(mix(mix(value + 0x9e3779b97f4a7c15L) ^ hash));
    }

    /// The seed of the `index`-th thing below this one.
    public Seed derive(long index) {
        return new Seed(mix(mix(value + 0x9e3779b97f4a7c15L) + 0xd1b54a32d192ed03L * (index + 1)));
    }

    /// A generator that starts here.
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
