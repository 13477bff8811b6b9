package dev.hone.app.wiring;

import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Problems that are answered by `yes`.
///
/// @param opened the splits that were asked for, in order
/// @param exam whether the test split can be opened at all
record YesTask(List<Split> opened, Exam exam) implements Task {

    enum Exam {
        OPEN,
        SEALED
    }

    static YesTask with(Exam exam) {
        return new YesTask(new ArrayList<>(), exam);
    }

    @Override
    public String id() {
        return "yes@1";
    }

    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        if (split == Split.TEST && exam == Exam.SEALED) {
            throw new IllegalStateException("the exam was opened");
        }
        opened.add(split);
        return IntStream.range(0, count)
                .mapToObj(index -> new Problem(
                        split + "-" + Long.toHexString(seed.value()) + "-" + index,
                        List.of(Message.user("say yes")),
                        new Reference.Answer("yes", new Match.Exact()),
                        split,
                        new TreeMap<>()))
                .toList();
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of();
    }

    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        return List.of("yes");
    }
}
