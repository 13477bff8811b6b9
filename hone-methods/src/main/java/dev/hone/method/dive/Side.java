package dev.hone.method.dive;

import dev.hone.data.Judged;
import dev.hone.data.Verdict;

/// Where a sample may stand in a pair.
enum Side {
    RIGHT,
    WRONG,
    /// The judge could not tell, so it is neither.
    NEITHER;

    static Side of(Judged judged) {
        return switch (judged.verdict()) {
            case Verdict.Scored(double value, String _) -> value == 1 ? RIGHT : WRONG;
            case Verdict.Unjudged _ -> NEITHER;
            case Verdict.Stepwise _, Verdict.Rewarded _ ->
                throw new IllegalArgumentException("the judge \"" + judged.judge() + "\" does not say whether sample \""
                        + judged.sample().id()
                        + "\" is right; take one that scores, with a full mark for a right answer");
        };
    }
}
