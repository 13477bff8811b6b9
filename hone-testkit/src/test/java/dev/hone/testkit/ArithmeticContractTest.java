package dev.hone.testkit;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class ArithmeticContractTest implements TaskContract, CheckerContract {
    @Override
    public Task task() {
        return Arithmetic.standard();
    }

    @Override
    public Checker checker() {
        return task().checkers().values().iterator().next();
    }

    @Override
    public Problem problem() {
        return new Problem(
                "made",
                List.of(Message.user("(3+4)*5-2*8=")),
                new Reference.Checked("arithmetic"),
                Split.TEST,
                new TreeMap<>(Map.of("expression", "(3+4)*5-2*8")));
    }

    @Override
    public List<String> right() {
        return List.of(
                "7*5-2*8;35-2*8;35-16;19", "(3+4)*5-16;7*5-16;35-16;19", "35-16;19", "19", "(7)*5-2*8; 35 - 16; 19");
    }

    @Override
    public List<String> wrong() {
        return List.of(
                "7*5-2*8;35-2*8;35-16;18",
                "7*5-2*8;36-17;19", // the right value by luck
                "7*5-2*8;35-2*8;35-16",
                "(3+4)*5-2*8;19", // a step that does nothing
                "35-16;19;19",
                "5*7-2*8;19", // turned round
                "019",
                "19.0",
                "--19",
                "20");
    }

    @Override
    public List<String> unreadable() {
        return List.of("", "7*5-2*8;;19", "nineteen", "=19", "7*5-2*8=35-16=19", "19;");
    }
}
