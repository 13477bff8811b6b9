package dev.hone.method.gsi;

import dev.hone.data.Judged;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.generate.HintText;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.ReferenceJudge;
import dev.hone.run.Step;
import dev.hone.task.Gold;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Problems whose answer is the last number of a text, with worked answers of three steps.
final class Sums {
    static final Model BASE = Problems.model("base");
    static final Sampling SAMPLING = new Sampling(0.7, 30);
    static final Gold ANSWERS = problem -> Optional.of(answer(problem));
    static final Gold SOLUTIONS = problem -> Optional.of("one\ntwo\n" + answer(problem));
    static final HintText ANSWER = new HintText("{problem} It is {answer}.", List.of(Guidance.ANSWER));
    static final HintText SOLUTION = new HintText("{problem} See: {solution}", List.of(Guidance.SOLUTION));
    static final HintText ASKED =
            new HintText("{problem} {attempt} but {solution}", List.of(Guidance.ATTEMPT, Guidance.SOLUTION));
    static final HintText SHOWN =
            new HintText("{problem} {attempt}: {critique}", List.of(Guidance.ATTEMPT, Guidance.CRITIQUE));
    static final Guidance STATE_RESET = new Guidance.StateReset(SOLUTIONS, new PrefixSchedule.Steps("\n"));

    private Sums() {}

    /// `p1` to `pN`; the fact `digits` is the number.
    static List<Problem> problems(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Sums::problem).toList();
    }

    private static Problem problem(int number) {
        return new Problem(
                "p" + number,
                List.of(Message.user("say " + number)),
                new Reference.Answer(Integer.toString(number), new Match.Numeric(0)),
                Split.TRAIN,
                new TreeMap<>(Map.of("digits", Integer.toString(number))));
    }

    static String answer(Problem problem) {
        return problem.id().substring(1);
    }

    static int number(Problem problem) {
        return Integer.parseInt(answer(problem));
    }

    static String seen(Prompt prompt) {
        return prompt.seen().getLast().text();
    }

    static Step step() {
        return new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    }

    static List<Sample> drawn(Script script, List<Prompt> prompts) {
        return new ScriptedGenerator(script).generate(BASE, prompts, step());
    }

    /// Of so many problems, each asked so often.
    static Attempts attempts(int problems, int samples, Script script) {
        Attempts attempts = new Attempts(problems(problems));
        attempts.add(judged(drawn(
                script,
                problems(problems).stream()
                        .map(problem -> Prompt.of(problem, samples, SAMPLING))
                        .toList())));
        return attempts;
    }

    static List<Judged> judged(List<Sample> samples) {
        return new ReferenceJudge(Map.of()).judge(Group.of(samples), step());
    }
}
