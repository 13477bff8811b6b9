package dev.hone.method.fourhabits;

import dev.hone.data.Judged;
import dev.hone.data.Verdict;

/// What a response is worth (card four-habits, step 4).
public enum Reward {
    /// 1 for a right answer, 0.1 for any other answer, 0 where there is none.
    ANSWER,
    /// 0.1 for any answer, right or not, 0 where there is none: an ablation that must teach nothing but the
    /// form.
    FORMAT;

    /// How much the form alone is worth.
    private static final double FORM = 0.1;

    double of(Judged judged) {
        if (!isAnswered(judged)) {
            return 0;
        }
        return switch (this) {
            case ANSWER -> judged.isRight() ? 1 : FORM;
            case FORMAT -> FORM;
        };
    }

    /// Whether there is an answer: a judge that finds none, or a sample that was cut, leaves it unjudged.
    static boolean isAnswered(Judged judged) {
        return !(judged.verdict() instanceof Verdict.Unjudged);
    }
}
