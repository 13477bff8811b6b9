package dev.hone.app.wiring;

import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.measure.Exam;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.Optional;

/// What other runs found out about a model before any method touched it. With the same seed it draws the same in every
/// run, so one exam is enough for all of them.
@FunctionalInterface
public interface EarlierExams {

    /// An exam of another run.
    ///
    /// @param run its id
    record Sat(String run, Report report) {}

    /// @param step whose name and round decided the seeds of what was drawn
    /// @return empty if no other run has sat this exam
    Optional<Sat> of(Model model, Step step);

    static EarlierExams none() {
        return (_, _) -> Optional.empty();
    }

    /// An exam that is sat only if it was not sat before; if it was, a note says where.
    default Exam orElse(Exam exam) {
        return (model, step) -> {
            Optional<Sat> known = of(model, step);
            known.ifPresent(sat ->
                    step.events().accept(new RunEvent.Note(step.round(), "measured in run " + sat.run() + " already")));
            return known.map(Sat::report).orElseGet(() -> exam.examine(model, step));
        };
    }
}
