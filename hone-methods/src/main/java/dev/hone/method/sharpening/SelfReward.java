package dev.hone.method.sharpening;

import dev.hone.data.Model;
import dev.hone.generate.Likelihood;
import dev.hone.judge.AnswerReader;
import dev.hone.judge.Judge;
import dev.hone.judge.LikelihoodJudge;
import dev.hone.judge.LikelihoodJudge.Score;
import dev.hone.judge.SelfConsistency;

/// A reward that the base model alone gives, of samples that need not be its own (card sharpening,
/// "Self-rewards").
public enum SelfReward {
    /// `log pi_base(y | x)` of the whole sequence, end token included; short answers have more of it.
    LIKELIHOOD,
    /// The same for each token.
    MEAN,
    /// The probability of the answer, estimated by the share of the problem's samples that give it; these
    /// must be the base model's own.
    MAJORITY;

    Judge judge(Model base, Likelihood likelihood, AnswerReader answers) {
        return switch (this) {
            case LIKELIHOOD -> new LikelihoodJudge(likelihood, base, new Score.Sum());
            case MEAN -> new LikelihoodJudge(likelihood, base, new Score.Mean());
            case MAJORITY -> new SelfConsistency(answers);
        };
    }
}
