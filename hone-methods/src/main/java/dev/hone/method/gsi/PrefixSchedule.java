package dev.hone.method.gsi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How much of a worked answer a completion begins with: little in the first pass over a problem, a step
/// more in each further one, and after the longest beginning that leaves something to write, little
/// again.
///
/// **Paper** card gsi, "State-reset prefix schedule".
public sealed interface PrefixSchedule {

    /// Where a worked answer may be cut, as indexes into it, ascending.
    List<Integer> cuts(String solution);

    /// @param pass over the problem, from 1
    /// @return empty for a worked answer that cannot be cut, such as one of a single step
    default Optional<String> prefix(String solution, int pass) {
        List<Integer> cuts = cuts(solution);
        return cuts.isEmpty()
                ? Optional.empty()
                : Optional.of(solution.substring(0, cuts.get((pass - 1) % cuts.size())));
    }

    /// By steps, all but the last. A beginning ends with the end of its last step, so that another step
    /// follows.
    ///
    /// @param end what ends a step, such as a line feed
    record Steps(String end) implements PrefixSchedule {
        public Steps {
            if (end.isEmpty()) {
                throw new IllegalArgumentException("what ends a step must have at least one character");
            }
        }

        @Override
        public List<Integer> cuts(String solution) {
            List<Integer> cuts = new ArrayList<>();
            int begin = 0;
            for (int at = solution.indexOf(end); at >= 0; at = solution.indexOf(end, at + end.length())) {
                int after = at + end.length();
                boolean isStep = !solution.substring(begin, at).isBlank();
                if (isStep && !solution.substring(after).isBlank()) {
                    cuts.add(after);
                    begin = after;
                }
            }
            return cuts;
        }
    }

    /// By equal shares of the text, in characters. Inside a word it is cut before that word, where one
    /// begins after the cut before.
    ///
    /// @param share in `(0, 0.5]`; 0.2 cuts at 20%, 40%, 60% and 80%
    record Shares(double share) implements PrefixSchedule {
        public Shares {
            if (!(share > 0 && share <= 0.5)) {
                throw new IllegalArgumentException("share must be in (0, 0.5] but was " + share);
            }
        }

        /// Fifths.
        public static Shares asInPaper() {
            return new Shares(0.2);
        }

        @Override
        public List<Integer> cuts(String solution) {
            int length = solution.codePointCount(0, solution.length());
            List<Integer> cuts = new ArrayList<>();
            int before = 0;
            for (int i = 1; i * share < 1 - 1e-9; i++) {
                int characters = (int) Math.floor(i * share * length + 1e-9);
                int cut = beforeWord(solution, solution.offsetByCodePoints(0, characters), before);
                if (cut > before) {
                    cuts.add(cut);
                    before = cut;
                }
            }
            return cuts;
        }

        private static int beforeWord(String solution, int cut, int least) {
            int blank = cut;
            while (blank > least && !Character.isWhitespace(solution.charAt(blank))) {
                blank--;
            }
            return blank > least ? blank : cut;
        }
    }
}
