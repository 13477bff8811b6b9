package dev.hone.measure.subset;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The slow twin: every subset, one after the other.
final class Subsets {
    private Subsets() {}

    /// The mean over all subsets of `k` of a value.
    static <T> double mean(List<T> items, int k, ToDoubleFunction<List<T>> value) {
        return of(items, k).mapToDouble(value).average().orElseThrow();
    }

    static <T> Stream<List<T>> of(List<T> items, int k) {
        return IntStream.range(0, 1 << items.size())
                .filter(bits -> Integer.bitCount(bits) == k)
                .mapToObj(bits -> IntStream.range(0, items.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(items::get)
                        .toList());
    }
}
