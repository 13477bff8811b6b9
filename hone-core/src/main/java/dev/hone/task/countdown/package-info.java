/// Countdown: reach a target from numbers, each used exactly once, with `+ - * /`.
///
/// **In** settings and a seed. **Out** problems such as `7,3,12>29:`, worked answers such as
/// `12*3=36;36-7=29`, and the checker `countdown`
/// (`countdown-rational` where fractions are allowed). [ThoughtCountdown] asks for the same after a thought,
/// [Equations] for any combination.
/// Nothing here depends on how an answer came about: only the text and the problem's facts count.
///
/// Start at [Countdown]. The task is the one of four-habits (Gandhi et al. 2025, arXiv:2503.01307), with exact
/// rationals where its code has floats and a tolerance, and with small numbers, so that a model of a few
/// million parameters that reads characters can learn it.
///
/// **To add one:** another form of answer is read in `CountdownChecker`, with a case in its test.
@NullMarked
package dev.hone.task.countdown;

import org.jspecify.annotations.NullMarked;
