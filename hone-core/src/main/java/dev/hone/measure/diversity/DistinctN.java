package dev.hone.measure.diversity;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Distinct-n of a set of texts: how many different n-grams they have together, over how many they have (Li et
/// al. 2016, arXiv:1510.03055). In `(0, 1]`; 1 where no n-gram comes twice. It falls with the number and the length
/// of the texts, so compare sets of one size.
public final class DistinctN {
    /// The longest n-grams of [#mean] (DIVE, card dive, step 2e).
    public static final int LONGEST = 5;

    private DistinctN() {}

    /// @param texts their tokens, by [Unit] or of a model
    /// @param n at least 1
    /// @return nothing where no text has `n` tokens
    public static OptionalDouble of(List<? extends List<?>> texts, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n-grams have at least 1 token but n was " + n + "; take 1 to 5");
        }
        Set<List<?>> different = new HashSet<>();
        long all = 0;
        for (List<?> text : texts) {
            for (int from = 0; from + n <= text.size(); from++) {
                different.add(text.subList(from, from + n));
                all++;
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) different.size() / all);
    }

    /// The mean over n = 1 to 5, as DIVE takes it, over those `n` for which a text is long enough.
    ///
    /// @return nothing where all texts are empty
    public static OptionalDouble mean(List<? extends List<?>> texts) {
        return IntStream.rangeClosed(1, LONGEST)
                .mapToObj(n -> of(texts, n))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    /// [#mean] of a set that grows: the n-grams so far are kept, so that a text costs what it is long, however many
    /// there are already.
    public static final class Running implements RunningDiversity<List<?>> {
        private final List<Set<List<?>>> different = IntStream.rangeClosed(1, LONGEST)
                .<Set<List<?>>>mapToObj(_ -> new HashSet<>())
                .toList();
        private final long[] all = new long[LONGEST];

        @Override
        public OptionalDouble value() {
            return with(List.of());
        }

        @Override
        public OptionalDouble with(List<?> candidate) {
            double sum = 0;
            int defined = 0;
            for (int n = 1; n <= LONGEST; n++) {
                Set<List<?>> known = different.get(n - 1);
                Set<List<?>> fresh = new HashSet<>();
                grams(candidate, n).filter(gram -> !known.contains(gram)).forEach(fresh::add);
                long grams = all[n - 1] + count(candidate, n);
                if (grams > 0) {
                    sum += (double) (known.size() + fresh.size()) / grams;
                    defined++;
                }
            }
            return defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
        }

        @Override
        public void add(List<?> member) {
            List<?> kept = List.copyOf(member);
            for (int n = 1; n <= LONGEST; n++) {
                grams(kept, n).forEach(different.get(n - 1)::add);
                all[n - 1] += count(kept, n);
            }
        }

        private static Stream<List<?>> grams(List<?> text, int n) {
            return IntStream.range(0, count(text, n)).mapToObj(from -> text.subList(from, from + n));
        }

        private static int count(List<?> text, int n) {
            return Math.max(0, text.size() - n + 1);
        }
    }
}
