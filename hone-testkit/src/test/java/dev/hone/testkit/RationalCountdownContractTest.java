package dev.hone.testkit;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.task.Task;
import dev.hone.task.countdown.Countdown;
import dev.hone.task.countdown.Countdown.Range;
import dev.hone.task.countdown.Division;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class RationalCountdownContractTest implements TaskContract, CheckerContract {
    @Override
    public Task task() {
        return new Countdown(2, 3, new Range(1, 9), new Range(0, 40), Division.RATIONAL);
    }

    @Override
    public Checker checker() {
        return task().checkers().values().iterator().next();
    }

    @Override
    public Problem problem() {
        return new Problem(
                "made",
                List.of(Message.user("8,3,8,3>24:")),
                new Reference.Checked("countdown-rational"),
                Split.TEST,
                new TreeMap<>(Map.of("numbers", "8,3,8,3", "target", "24")));
    }

    @Override
    public List<String> right() {
        return List.of(
                "8/3=(8/3);3-(8/3)=(1/3);8/(1/3)=24", "8/(3-8/3)", "8/3=(16/6);3-(8/3)=(1/3);8/(1/3)=24", "-8/(8/3-3)");
    }

    @Override
    public List<String> wrong() {
        return List.of("8/3=(8/3);3-(8/3)=(2/3);8/(2/3)=12", "8/3-8/3", "8/(3-3)/8", "8/3=2;3-2=1;8*1=8");
    }

    @Override
    public List<String> unreadable() {
        return List.of("8/3=8/3;3-8/3=1/3", "8/3=(8/0)");
    }
}
