package dev.hone.method.gsi;

import dev.hone.data.Finish;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.method.gsi.Guide.Asking;
import dev.hone.run.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks a teacher what is wrong with the last attempt at each problem, and puts the problem again with
/// the answer.
///
/// A problem without a wrong attempt, which there is where fewer samples are drawn than wanted, has
/// nothing to be criticised; it is asked plainly, and so is one whose critique failed.
///
/// @param sampling of the model's samples
record Teaching(Guidance.Teacher teacher, Sampling sampling, Generator generator) {

    /// @param problems whose worked answer is known
    /// @param step of the critiques
    Asking asking(List<Problem> problems, Attempts attempts, Step step) {
        List<Prompt> questions = problems.stream()
                .flatMap(problem -> attempts.lastWrong(problem).stream().map(attempt -> question(problem, attempt)))
                .toList();
        Map<String, String> critiques = new HashMap<>();
        int leaked = 0;
        for (Sample critique : generator.generate(teacher.teacher(), questions, step)) {
            if (!(critique.finish() instanceof Finish.Failed)) {
                critiques.put(critique.problem().id(), critique.text());
                leaked += critique.text().contains(solution(critique.problem()).strip()) ? 1 : 0;
            }
        }
        List<Prompt> prompts = problems.stream()
                .map(problem -> rewrite(problem, attempts, critiques))
                .toList();
        return new Asking(prompts, questions.size(), leaked);
    }

    private Prompt question(Problem problem, Sample attempt) {
        Map<String, String> seen = Map.of(Guidance.ATTEMPT, attempt.text(), Guidance.SOLUTION, solution(problem));
        return Prompt.of(problem, 1, teacher.sampling()).showing(teacher.asked().around(problem.prompt(), seen));
    }

    private Prompt rewrite(Problem problem, Attempts attempts, Map<String, String> critiques) {
        Prompt plain = Prompt.of(problem, 1, sampling);
        String critique = critiques.get(problem.id());
        if (critique == null) {
            return plain;
        }
        String attempt = attempts.lastWrong(problem).orElseThrow().text();
        Map<String, String> seen = Map.of(Guidance.ATTEMPT, attempt, Guidance.CRITIQUE, critique);
        return plain.showing(teacher.shown().around(problem.prompt(), seen));
    }

    private String solution(Problem problem) {
        return teacher.solutions().of(problem).orElseThrow();
    }
}
