package dev.hone.method.gsi;

import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.HintText;
import dev.hone.generate.Prompt;
import dev.hone.run.Run;
import dev.hone.task.Gold;
import java.util.List;
import java.util.Map;

/// Puts problems again, with what a [Guidance] shows.
///
/// @param sampling of the model's samples
/// @param generator of a teacher's critiques
record Guide(Guidance guidance, Sampling sampling, Generator generator) {

    /// How a pass asks.
    ///
    /// @param prompts one sample each
    /// @param critiques that a teacher was asked for
    /// @param leaked how many of them hold the whole worked answer
    record Asking(List<Prompt> prompts, int critiques, int leaked) {
        static Asking of(List<Prompt> prompts) {
            return new Asking(prompts, 0, 0);
        }
    }

    /// Whether enough is known of a problem to guide to it.
    boolean knows(Problem problem) {
        return switch (guidance) {
            case Guidance.None() -> true;
            case Guidance.Answer(Gold answers, HintText _) -> canShow(problem, answers);
            case Guidance.Rationale(Gold solutions, HintText _) -> canShow(problem, solutions);
            case Guidance.Teacher teacher -> canShow(problem, teacher.solutions());
            case Guidance.StateReset(Gold solutions, PrefixSchedule schedule) ->
                solutions
                        .of(problem)
                        .flatMap(solution -> schedule.prefix(solution, 1))
                        .isPresent();
        };
    }

    private static boolean canShow(Problem problem, Gold gold) {
        return gold.of(problem).isPresent() && HintText.fits(problem.prompt());
    }

    /// What must be known, in words.
    String needs() {
        return switch (guidance) {
            case Guidance.None() -> "nothing";
            case Guidance.Answer _ -> "an answer";
            case Guidance.Rationale _, Guidance.Teacher _ -> "a worked answer";
            case Guidance.StateReset _ -> "a worked answer that can be cut";
        };
    }

    /// @param rare problems to ask again, of which enough is known
    /// @param pass over them, from 1
    Asking asking(List<Problem> rare, Attempts attempts, int pass, int round, Run run) {
        return switch (guidance) {
            case Guidance.None() -> Asking.of(rare.stream().map(this::plain).toList());
            case Guidance.Answer(Gold answers, HintText text) ->
                Asking.of(rare.stream()
                        .map(problem -> hinted(problem, text, Guidance.ANSWER, answers))
                        .toList());
            case Guidance.Rationale(Gold solutions, HintText text) ->
                Asking.of(rare.stream()
                        .map(problem -> hinted(problem, text, Guidance.SOLUTION, solutions))
                        .toList());
            case Guidance.StateReset(Gold solutions, PrefixSchedule schedule) ->
                Asking.of(rare.stream()
                        .map(problem -> begun(problem, solutions, schedule, pass))
                        .toList());
            case Guidance.Teacher teacher ->
                new Teaching(teacher, sampling, generator).asking(rare, attempts, run.step("teach-" + pass, round));
        };
    }

    private Prompt plain(Problem problem) {
        return Prompt.of(problem, 1, sampling);
    }

    private Prompt hinted(Problem problem, HintText text, String place, Gold gold) {
        Map<String, String> values = Map.of(place, gold.of(problem).orElseThrow());
        return plain(problem).showing(text.around(problem.prompt(), values));
    }

    /// Under the problem's own prompt: what is learned is what was seen.
    private Prompt begun(Problem problem, Gold solutions, PrefixSchedule schedule, int pass) {
        String prefix =
                schedule.prefix(solutions.of(problem).orElseThrow(), pass).orElseThrow();
        return plain(problem).begunWith("gold", prefix);
    }
}
