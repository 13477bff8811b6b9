package dev.hone.testkit;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.task.countdown.Countdown;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class CountdownCheckerTest implements CheckerContract {
    @Override
    public Checker checker() {
        return Countdown.standard().checkers().values().iterator().next();
    }

    @Override
    public Problem problem() {
        return new Problem(
                "made",
                List.of(Message.user("7,3,12>29:")),
                new Reference.Checked("countdown"),
                Split.TEST,
                new TreeMap<>(Map.of("numbers", "7,3,12", "target", "29")));
    }

    @Override
    public List<String> right() {
        return List.of(
                "12*3=36;36-7=29",
                "3*12=36;36-7=29",
                " 12*3=36;36-7=29\n",
                "12 * 3 = 36; 36 - 7 = 29",
                "12*3-7",
                "(12*3)-7",
                "-7+3*12",
                "-(7-(12*3))");
    }

    @Override
    public List<String> wrong() {
        return List.of(
                "12*3=36", // leaves 7 over
                "12*3=36;36-7=28", // wrong arithmetic
                "12*3=35;35-7=28",
                "12*3=36;36-7=29;29+0=29", // 0 is not given
                "12*3=36;12*3=36;36-7=29", // 12 and 3 twice
                "36-7=29", // 36 is no given number
                "12*3=36;36+7=43", // another target
                "7*12=84;84/3=28",
                "12/7=1;1*3=3", // does not divide
                "12-12=0;7*3=21",
                "12/7*3",
                "12*3-7-7",
                "12*3-7.0",
                "12*3-07",
                "12*3",
                "29",
                "9999999999999999999999999*3=36;36-7=29",
                "12*3=36;36-7=99999999999999999999999999",
                "7/0=7");
    }

    @Override
    public List<String> unreadable() {
        return List.of(
                "",
                "   ",
                "the answer is 29",
                "12*3=36;36-7=29;",
                ";12*3=36;36-7=29",
                "12*3=36;;36-7=29",
                "12*3=36\n36-7=29",
                "12*3-7=29",
                "12*3=36;36-7",
                "12*3=036;36-7=29",
                "12**3",
                "(12*3-7",
                "12*3-7)",
                "12x3=36;36-7=29",
                "+7",
                "12*3=36;36-7=29" + " ".repeat(1_000) + "!",
                "(".repeat(60) + "12*3-7" + ")".repeat(60),
                "\u0661\u0662*3-7");
    }
}
