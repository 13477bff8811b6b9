package dev.hone.store;

import dev.hone.data.Model;
import dev.hone.data.Verifier;
import dev.hone.generate.Generator;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.measure.Exam;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// A run that is being worked on. Roles [recorded][#record(Learner)] by it put what they give on record,
/// each piece together with the time that it took, and read what is there already.
///
/// Held by one process at a time. Closed without [#finish] or [#fail], it is stopped and can be resumed.
@SuppressWarnings("overloads") // roles are classes; a lambda has to be given its role's type before it is recorded
public final class RecordedRun implements Run, AutoCloseable {
    /// Prompts that a generator is asked at a time, unless told otherwise.
    public static final int BATCH = 64;

    private final RunRecord run;
    private final Ledger ledger;
    private final RunLock lock;
    private final ModelTable models;
    private final Consumer<RunEvent> listener;
    private final BooleanSupplier stop;
    private final Map<String, Object> roles = new HashMap<>();
    private boolean ended;

    RecordedRun(RunTable.Row row, Ledger ledger, RunLock lock, Consumer<RunEvent> listener, BooleanSupplier stop) {
        this.run = row.run();
        this.ledger = ledger;
        this.lock = lock;
        this.models = new ModelTable(row.key(), row.run().folder());
        this.listener = listener;
        this.stop = stop;
    }

    public String id() {
        return run.id();
    }

    /// What it is to do: method, seed, settings.
    public RunPlan plan() {
        return run.plan();
    }

    /// Where its models go. What lies in here moves with the store.
    public Path folder() {
        return run.folder();
    }

    @Override
    public Step step(String name, int round) {
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException("a step's name names a folder and begins the ids of its samples, so"
                    + " it must not be blank, hold a slash or begin with a dot, but was \"" + name + "\"");
        }
        ledger.leave();
        return new Step(
                run.id(),
                name,
                round,
                new Seed(run.plan().seed()).derive(name).derive(round),
                run.folder().resolve("work").resolve(name + "-" + round),
                this::tell,
                this::mayStop);
    }

    private void mayStop() {
        if (stop.getAsBoolean()) {
            throw new HoneException(
                    Kind.STOPPED, "run " + run.id() + " was asked to stop; all that it finished is on record");
        }
    }

    /// @throws HoneException if another model was offered for this round
    @Override
    public void offer(int round, Model model) {
        ledger.leave();
        ledger.commit(writer -> {
            Optional<Model> before = models.offered(writer).stream()
                    .filter(each -> each.round() == round)
                    .map(RunEvent.Offered::model)
                    .findFirst();
            if (before.isEmpty()) {
                models.insertOffered(writer, round, model);
            } else if (!before.get().id().equals(model.id())) {
                throw Misfit.of(
                        run.id(),
                        "the model of round " + round,
                        "id",
                        before.get().id());
            }
            return round;
        });
        listener.accept(new RunEvent.Offered(round, model));
    }

    /// @throws HoneException if another verifier was offered under this name for this round
    @Override
    public void offerVerifier(int round, String name, Verifier verifier) {
        ledger.leave();
        var offered = new RunEvent.OfferedVerifier(round, name, verifier);
        VerifierTable table = new VerifierTable(models);
        ledger.commit(writer -> {
            Optional<String> before = table.all(writer).stream()
                    .filter(each -> each.round() == round && each.name().equals(name))
                    .map(each -> VerifierTable.identity(each.verifier()))
                    .findFirst();
            if (before.isEmpty()) {
                table.insert(writer, offered);
            } else if (!before.get().equals(VerifierTable.identity(verifier))) {
                throw Misfit.of(run.id(), "the " + name + " of round " + round, "id", before.get());
            }
            return round;
        });
        listener.accept(offered);
    }

    /// Tells the listener; health and notes go on record.
    @Override
    public void tell(RunEvent event) {
        switch (event) {
            case RunEvent.RoundHealth(int round, var figures) ->
                ledger.commit(writer -> {
                    figures.forEach((name, value) -> health(writer, round, name, value));
                    return round;
                });
            case RunEvent.Note(int round, String text) -> ledger.commit(writer -> note(writer, round, text));
            case RunEvent.Progress _, RunEvent.StepDone _, RunEvent.Offered _, RunEvent.OfferedVerifier _ -> {}
        }
        listener.accept(event);
    }

    private void health(Handle writer, int round, String name, double value) {
        writer.createUpdate("""
                        INSERT INTO health (run_id, round, name, value) VALUES (:run, :round, :name, :value)
                        ON CONFLICT (run_id, round, name) DO UPDATE SET value = excluded.value""")
                .bind("run", ledger.run())
                .bind("round", round)
                .bind("name", name)
                .bind("value", value)
                .execute();
    }

    private int note(Handle writer, int round, String text) {
        return writer.createUpdate("INSERT OR IGNORE INTO note (run_id, round, text) VALUES (:run, :round, :text)")
                .bind("run", ledger.run())
                .bind("round", round)
                .bind("text", text)
                .execute();
    }

    /// A generator that is asked [#BATCH] prompts at a time.
    public Generator record(Generator generator, Phase phase) {
        return record(generator, phase, BATCH);
    }

    /// A generator whose samples are committed batch by batch. What it drew before a cut is read, bit for
    /// bit.
    ///
    /// @param phase that its time counts as
    /// @param batch prompts at a time, at least 1
    public Generator record(Generator generator, Phase phase, int batch) {
        return record(generator, phase, batch, Allowance.unlimited());
    }

    /// A generator that draws no more once the run has drawn so many tokens to learn from, over all its starts: the
    /// samples of every prompt after that have [failed][dev.hone.data.Finish.Failed]. A note says where that began.
    ///
    /// @param batch prompts at a time, at least 1; one that has begun is drawn to its end
    /// @param tokens at least 1
    public Generator limited(Generator generator, int batch, long tokens) {
        return record(generator, Phase.SAMPLE, batch, Allowance.of(tokens));
    }

    private Generator record(Generator generator, Phase phase, int batch, Allowance allowance) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1 prompt but was " + batch);
        }
        return new RecordedGenerator(generator, phase, batch, allowance, ledger);
    }

    /// The run's judge, under the name `judge`.
    public Judge record(Judge judge) {
        return record("judge", judge);
    }

    /// A judge whose verdicts go on record. They are read when all that it is asked for are there.
    ///
    /// @param role a name that is the same in every start of the run and differs between the run's judges
    public Judge record(String role, Judge judge) {
        once("judge", role, judge);
        return new RecordedJudge(judge, new OpinionTable(ledger, role), ledger);
    }

    /// The run's selector, under the name `selector`.
    public Selector record(Selector selector) {
        return record("selector", selector);
    }

    /// A selector whose decisions go on record. They are read when all that it is asked for are there.
    ///
    /// @param role a name that is the same in every start of the run and differs between the run's
    ///     selectors
    public Selector record(String role, Selector selector) {
        once("selector", role, selector);
        return new RecordedSelector(selector, new OpinionTable(ledger, role), ledger);
    }

    /// Two roles under one name would read each other's rows.
    private void once(String kind, String role, Object delegate) {
        Object before = roles.putIfAbsent(kind + " " + role, delegate);
        if (before != null && !before.equals(delegate)) {
            throw new IllegalArgumentException("another " + kind + " is recorded as \"" + role
                    + "\" already; each needs a name of its own; record it as record(\"<name>\", " + kind + ")");
        }
    }

    /// A learner whose result goes on record; its folder in the step is removed then. A finished step is
    /// read.
    public Learner record(Learner learner) {
        return new RecordedLearner(learner, models, ledger);
    }

    /// An exam whose report goes on record. A finished one is read.
    public Exam record(Exam exam) {
        return new RecordedExam(exam, new ReportTable(ledger.run()), ledger);
    }

    /// They go on record, their time as measuring. Where none are, they are asked for again.
    ///
    /// @param computed what it throws leaves nothing on record
    @Override
    public SortedMap<String, Double> figures(Step step, String what, Supplier<SortedMap<String, Double>> computed) {
        ledger.enter(step);
        StepFigureTable table = new StepFigureTable(ledger.run());
        SortedMap<String, Double> known = ledger.read(reader -> table.find(reader, step, what));
        if (!known.isEmpty()) {
            return known;
        }
        Ledger.Stint stint = ledger.stint(Phase.MEASURE);
        SortedMap<String, Double> figures = computed.get();
        return ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            table.insert(writer, key, what, figures);
            stint.spend(writer, key);
            return figures;
        });
    }

    /// The seconds that the run's work took, over all its starts.
    public Map<Phase, Double> phaseSeconds() {
        return ledger.read(reader -> Readings.phaseSeconds(reader, ledger.run()));
    }

    /// The most memory that the process held in each phase; see [Store#phaseMemory].
    public Map<Phase, PeakMemory> phaseMemory() {
        return ledger.read(reader -> Readings.phaseMemory(reader, ledger.run()));
    }

    /// The run has ended as planned; it cannot be resumed.
    ///
    /// @param headline the result in a line
    public void finish(String headline) {
        ledger.leave();
        ledger.commit(writer -> {
            RunTable.headline(writer, ledger.run(), headline);
            RunTable.status(writer, ledger.run(), "done", "", Instant.now());
            return headline;
        });
        ended = true;
        ledger.sync();
    }

    /// The run has ended in an error; it can be resumed once the cause is gone.
    public void fail(String because) {
        end("failed", because);
    }

    private void end(String status, String because) {
        ledger.commit(writer -> {
            RunTable.status(writer, ledger.run(), status, because, Instant.now());
            return status;
        });
        ended = true;
        ledger.sync();
    }

    /// Gives the run back. If it has not ended, it is stopped.
    @Override
    public void close() {
        try {
            if (!ended) {
                end("stopped", "");
            }
        } finally {
            ended = true;
            ledger.close();
            release();
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the lock of run " + run.id() + " in " + run.folder() + " cannot be given back (" + e
                            + "); it ends with this process; end it before resuming the run",
                    e);
        }
    }
}
