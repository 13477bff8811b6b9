package dev.hone.method.bstar;

import dev.hone.data.Judged;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.List;

/// The reward `1[the answer is right] + (2 s - 1)`, in `[-1, 2]`, where `s` in `[0, 1]` is what another judge makes of
/// the way there: the weakest step of a process reward model, or any soft score. What either cannot judge is unjudged.
///
/// **Paper** card star-family-bstar, step 2.
public record AnswerPlusProcess(Judge answers, Judge process) implements Judge {

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Judged> right = answers.judge(groups, step);
        List<Judged> soft = process.judge(groups, step);
        List<Judged> both = new ArrayList<>();
        for (int i = 0; i < right.size(); i++) {
            both.add(new Judged(right.get(i).sample(), "answer plus process", sum(right.get(i), soft.get(i))));
        }
        return both;
    }

    private static Verdict sum(Judged right, Judged soft) {
        if (right.verdict() instanceof Verdict.Unjudged) {
            return right.verdict();
        }
        double answer = right.isRight() ? 1 : 0;
        return switch (soft.verdict()) {
            case Verdict.Scored(double value, String _) -> sum(answer, value);
            case Verdict.Stepwise steps -> sum(answer, steps.lowest());
            case Verdict.Unjudged unjudged -> unjudged;
            case Verdict.Rewarded _ ->
                throw new IllegalArgumentException(
                        "the judge \"" + soft.judge() + "\" gives raw rewards, which are on no"
                                + " scale that an answer's 1 can be added to; take one that scores in [0, 1]");
        };
    }

    private static Verdict sum(double answer, double process) {
        double scaled = 2 * process - 1;
        return new Verdict.Rewarded(answer + scaled, "answer " + answer + ", process " + scaled);
    }
}
