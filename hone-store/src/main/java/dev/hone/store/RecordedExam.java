package dev.hone.store;

import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.measure.Exam;
import dev.hone.run.Step;
import java.util.Optional;

/// Puts a report on record. A finished exam is read.
record RecordedExam(Exam delegate, ReportTable table, Ledger ledger) implements Exam {

    @Override
    public Report examine(Model model, Step step) {
        ledger.enter(step);
        Optional<Report> finished = ledger.read(reader -> table.find(reader, step.name(), step.round()));
        if (finished.isPresent() && !finished.get().model().equals(model.id())) {
            throw Misfit.of(
                    step.run(),
                    step.name() + "/" + step.round(),
                    "model",
                    finished.get().model());
        }
        Report report = finished.orElseGet(() -> examineNow(model, step));
        ledger.leave();
        return report;
    }

    private Report examineNow(Model model, Step step) {
        Ledger.Stint stint = ledger.stint(Phase.MEASURE);
        Report report = delegate.examine(model, step);
        return ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            table.insert(writer, key, report);
            stint.spend(writer, key);
            return report;
        });
    }
}
