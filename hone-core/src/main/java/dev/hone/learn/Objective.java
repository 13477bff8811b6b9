package dev.hone.learn;

import dev.hone.data.Examples;

/// What is minimised. The type parameter ties a loss to the kind of examples that it reads.
///
/// Sums and means run over the counted tokens of a completion, end token included. `lp(y)` is the sum of
/// their log-probabilities under the model that learns, `h(y) = lp(y) - lp_ref(y)`, `s` the logistic
/// function; `w` is the chosen, `l` the rejected side. The reference is [Start#reference]. Sections are
/// those of the objectives card.
public sealed interface Objective<E extends Examples> {

    /// Supervised fine-tuning: the negative log-likelihood of the counted tokens of the completions, one
    /// weighted mean over all counted tokens of the (accumulated) batch, end token included (§1):
    /// `L = - sum_j w_j log p(t_j) / sum_j w_j`.
    record Sft() implements Objective<Examples.Demonstrations> {}

    /// Direct preference optimisation (§2): the mean over the batch's pairs of [Contrast], plus
    /// [ChosenLikelihood].
    ///
    /// @param beta above 0; TRL and the paper take 0.1
    record Dpo(Contrast contrast, double beta, ChosenLikelihood likelihood) implements Objective<Examples.Preferences> {
        public Dpo {
            Ranges.positive("beta", beta);
        }

        /// Rafailov et al. 2023: the plain sigmoid loss at `beta` 0.1.
        public static Dpo asInPaper() {
            return new Dpo(new Contrast.Sigmoid(), 0.1, ChosenLikelihood.none());
        }
    }

    /// SimPO (§5), without a reference: the mean over pairs of `- log s(beta (lp_w / |y_w| - lp_l / |y_l|)
    /// - gamma)`.
    ///
    /// @param beta above 0; the paper takes 2 to 2.5, which is another quantity than DPO's
    /// @param gamma target margin, at least 0
    record SimPo(double beta, double gamma) implements Objective<Examples.Preferences> {
        public SimPo {
            Ranges.positive("beta", beta);
            Ranges.notNegative("gamma", gamma);
        }
    }

    /// Odds-ratio preference optimisation (§4), without a reference: with `a = lp / |y|`, the mean over
    /// pairs of `- a_w - beta log s((a_w - a_l) - (log(1 - e^a_w) - log(1 - e^a_l)))`. `a` is held at most
    /// -1e-6. The first term is the likelihood of the completion, as in the paper; TRL's includes the
    /// prompt.
    ///
    /// @param beta above 0; `lambda` in the paper, 0.1
    record Orpo(double beta) implements Objective<Examples.Preferences> {
        public Orpo {
            Ranges.positive("beta", beta);
        }
    }

    /// KTO (§3), for completions with a label each. `z0 = max(0, mean of h(x, y'))` without gradient, `y'`
    /// the completion of the example before in the batch; desirable: `lambda_D (1 - s(beta (h - z0)))`,
    /// undesirable: `lambda_U (1 - s(beta (z0 - h)))`; weighted by the examples' weights, mean over the
    /// batch. Batches of at least 4 with both labels make `z0` mean something.
    ///
    /// @param beta above 0, 0.1 in the paper
    /// @param desirable `lambda_D`, above 0
    /// @param undesirable `lambda_U`, above 0; keep `lambda_D n_D / (lambda_U n_U)` in `[1, 4/3]`
    record Kto(double beta, double desirable, double undesirable) implements Objective<Examples.Labelled> {
        public Kto {
            Ranges.positive("beta", beta);
            Ranges.positive("desirable", desirable);
            Ranges.positive("undesirable", undesirable);
        }
    }

    /// A reward model from pairs (§6). `r` is a linear head without bias on the state of the last token;
    /// the mean over pairs of `- log s(r_w - r_l - margin) + centering (r_w + r_l)^2`.
    ///
    /// @param margin by which the chosen side should win, at least 0
    /// @param centering keeps rewards near 0, at least 0; 0 leaves it out, 0.01 in the paper of the same
    ///     name
    record BradleyTerry(double margin, double centering) implements Objective<Examples.Preferences> {
        public BradleyTerry {
            Ranges.notNegative("margin", margin);
            Ranges.notNegative("centering", centering);
        }
    }

    /// A reward model from groups (§6, card qwen25-math): the mean over all pairs of different relevance of
    /// a group of `- log s(r_better - r_worse)`, then over the groups of the batch.
    record Listwise() implements Objective<Examples.Rankings> {}

    /// A process reward model (§6): the cross-entropy of right against wrong, read by a linear head with
    /// bias at the last token of each step; one mean over the steps of the batch.
    record StepReward() implements Objective<Examples.LabelledSteps> {}

    /// Group-relative policy optimisation (§7). With advantages `A_i`, and `rho = p(t) / p_old(t)` for each
    /// token or (GSPO) `exp` of the mean log-ratio for all tokens of a sequence: `u = - min(rho A,
    /// clip(rho) A) + kl k3`, `k3 = exp(l_ref - l) - (l_ref - l) - 1`, aggregated. `p_old` is the model at
    /// the start of this learning, not the sampler; log-probabilities are taken at the sampling
    /// temperature. A group without variance gives nothing.
    ///
    /// @param kl `beta`, at least 0; 0 needs no reference
    record Grpo(Advantages advantages, Ratio ratio, Clip clip, double kl, Aggregation aggregation)
            implements Objective<Examples.Rollouts> {
        public Grpo {
            Ranges.notNegative("kl", kl);
        }

        /// How rewards become advantages.
        public enum Advantages {
            /// `(r - mean of the group) / (std of the group + 1e-4)`, the deviation with Bessel's
            /// correction.
            GROUP_STD,
            /// `(r - mean of the group) / (std of the batch + 1e-4)`.
            BATCH_STD,
            /// `r - mean of the group`: Dr. GRPO.
            UNSCALED,
            /// The rewards are advantages.
            AS_GIVEN
        }

        /// What is clipped.
        public enum Ratio {
            TOKEN,
            /// GSPO.
            SEQUENCE
        }
    }

    /// REINFORCE leave-one-out (§8): `R = r - kl sum_j (l_old - l_ref)`, `A_i = R_i` minus the mean of the
    /// group's others, `L = mean_i - min(rho_i A_i, clip(rho_i) A_i)` with `rho_i = exp(sum_j (l -
    /// l_old))`.
    ///
    /// @param kl `beta`, at least 0; TRL takes 0.05
    record Rloo(double kl, Clip clip) implements Objective<Examples.Rollouts> {
        public Rloo {
            Ranges.notNegative("kl", kl);
        }
    }

    /// Regression of relative rewards (REBEL, Gao et al. 2024, arXiv:2404.16767; card sharpening), with a
    /// reference: the mean over all pairs `i < j` of a group of `(beta (h(y_i) - h(y_j)) - (r_i - r_j))^2`, then
    /// over the groups of the batch, plus `exploration` times the mean of `lp` of each group's last sample. Its
    /// optimum is `p_ref(y) exp(r(y) / beta)`, normalised. A group of one sample gives only the second term.
    ///
    /// @param beta above 0
    /// @param exploration at least 0, the bonus of XPO (Xie et al. 2024, arXiv:2405.21046): it pushes the policy
    ///     away from where the reference goes, whose sample must be the last of its group; 0 leaves it out
    record RelativeReward(double beta, double exploration) implements Objective<Examples.Rollouts> {
        public RelativeReward {
            Ranges.positive("beta", beta);
            Ranges.notNegative("exploration", exploration);
        }
    }

    /// Proximal policy optimisation with a value head and generalised advantage estimation (§9), whose
    /// parameters are named there. The value of a token is read at the state before it. `A` is whitened
    /// over the batch's tokens.
    ///
    /// @param kl `c_kl`, at least 0: `- kl (l_old - l_ref)` is every token's reward, and the sample's own
    ///     comes on its last token
    /// @param gamma in `[0, 1]`
    /// @param lambda in `[0, 1]`
    /// @param valueWeight of the value loss, at least 0
    /// @param clip of the ratio
    /// @param valueClip how far a value may move from the old one, above 0
    record Ppo(double kl, double gamma, double lambda, double valueWeight, Clip clip, double valueClip)
            implements Objective<Examples.Rollouts> {
        public Ppo {
            Ranges.notNegative("kl", kl);
            Ranges.share("gamma", gamma);
            Ranges.share("lambda", lambda);
            Ranges.notNegative("valueWeight", valueWeight);
            Ranges.positive("valueClip", valueClip);
        }

        /// TRL's defaults.
        public static Ppo standard() {
            return new Ppo(0.05, 1, 0.95, 0.1, Clip.symmetric(0.2), 0.2);
        }
    }

    /// LaTRO (card latro): the model's own likelihood of the known answer `y` is the reward of a rationale
    /// `z`, `R = log p(y | x z) - kl (log p(z | x) - log p_ref(z | x))`, without gradient; an unfinished
    /// rationale gets `unfinished` times the batch's mean of `log p(y | x z)` in the place of its own. `A`
    /// is leave-one-out, as in [Rloo], or what `baseline` says. `L = - rationaleWeight mean_k A_k log p(z_k | x) -
    /// answerWeight mean_k log p(y | x z_k)`, sums over tokens, the mean over all rationales of the batch.
    ///
    /// @param kl `beta`, at least 0; 0.05 for GSM8K in the paper
    /// @param unfinished `gamma`, at least 1; 2 in the paper
    /// @param rationaleWeight of the policy gradient, at least 0; 1 in the paper, 0 leaves only the answer
    /// @param answerWeight `lambda_sft`, at least 0; 1 in the paper, 0 in its code
    /// @param baseline what a reward is compared with
    record Latro(double kl, double unfinished, double rationaleWeight, double answerWeight, Baseline baseline)
            implements Objective<Examples.Rationales> {

        /// What `A` is.
        public enum Baseline {
            /// The reward minus the mean of the problem's others.
            OTHERS,
            /// The reward itself: a control, right in the mean and of a large variance.
            NONE
        }

        public Latro {
            Ranges.notNegative("kl", kl);
            Ranges.require(
                    unfinished >= 1 && Double.isFinite(unfinished),
                    "unfinished",
                    "a finite number of at least 1",
                    unfinished);
            Ranges.notNegative("rationaleWeight", rationaleWeight);
            Ranges.notNegative("answerWeight", answerWeight);
            Ranges.require(
                    rationaleWeight + answerWeight > 0,
                    "rationaleWeight",
                    "above 0 where answerWeight is 0, or nothing is learned",
                    rationaleWeight);
        }

        /// The paper's settings for GSM8K.
        public static Latro asInPaper() {
            return new Latro(0.05, 2, 1, 1, Baseline.OTHERS);
        }
    }
}
