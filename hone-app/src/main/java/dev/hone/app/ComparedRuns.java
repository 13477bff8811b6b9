package dev.hone.app;

import dev.hone.app.report.Comparison;
import dev.hone.app.report.Comparison.Arm;
import dev.hone.app.report.Comparison.Course;
import dev.hone.app.report.Comparison.Point;
import dev.hone.app.report.ComparisonPage;
import dev.hone.app.report.Fonts;
import dev.hone.app.report.Numbers;
import dev.hone.app.report.ReportFolder;
import dev.hone.app.settings.ComparisonFile;
import dev.hone.app.settings.Key;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.EarlierExams;
import dev.hone.app.wiring.Examination;
import dev.hone.app.wiring.Methods;
import dev.hone.app.wiring.StoredSettings;
import dev.hone.data.Report;
import dev.hone.run.HoneException;
import dev.hone.store.DrawnStep;
import dev.hone.store.ExaminedStep;
import dev.hone.store.Phase;
import dev.hone.store.RunPlan;
import dev.hone.store.RunRecord;
import dev.hone.store.RunStatus;
import dev.hone.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// Runs what a [ComparisonFile] names, seed by seed, and shows what came of it.
///
/// Each arm with each seed is a run like any other. One that is in the store already, with the same settings, seed and
/// version, is read or gone on with; so a comparison that was cut is gone on with by the same command. The model that
/// all begin with is measured once a seed.
///
/// @param talk hears of the progress
/// @param set values by dotted name that every arm has instead of its own
record ComparedRuns(Console talk, Workplace workplace, Path out, Map<String, String> set) {

    /// What an exam of a given model depends on besides the task and the model.
    private static final List<Key<?>> EXAM = List.of(
            RunKeys.SEED,
            RunKeys.MAX_TOKENS,
            RunKeys.DEVICE,
            RunKeys.PRECISION,
            RunKeys.SPECIAL_TOKENS,
            RunKeys.EXAM_PROBLEMS,
            RunKeys.EXAM_SAMPLES,
            RunKeys.EXAM_BY,
            RunKeys.EXAM_DIVERSITY);

    /// One run of the comparison.
    private record Part(String arm, Work work) {

        private boolean isExaminedLike(Part other) {
            return work.task().id().equals(other.work.task().id())
                    && EXAM.stream()
                            .allMatch(key -> work.settings()
                                    .get(key)
                                    .equals(other.work.settings().get(key)));
        }
    }

    /// Says what would be done.
    void plan(Path file) {
        ComparisonFile compared = read(file);
        double seconds = 0;
        for (Settings arm : compared.arms().values()) {
            Work work = Work.of(arm, workplace);
            talk.lines(work.plan().lines());
            seconds += work.plan().seconds();
        }
        int seeds = compared.seeds().size();
        talk.lines(List.of("in all " + compared.arms().size() + " arms x " + seeds + " seeds, about "
                + Numbers.duration(seconds * seeds)));
    }

    /// Does it.
    Comparison run(Path file) {
        ComparisonFile compared = read(file);
        compared.arms().values().forEach(arm -> Work.of(arm, workplace).plan()); // refuses what it cannot do
        SequencedMap<String, List<String>> runs = new LinkedHashMap<>();
        int all = compared.arms().size() * compared.seeds().size();
        int at = 0;
        Map<String, Part> ended = new LinkedHashMap<>();
        for (long seed : compared.seeds()) {
            for (Map.Entry<String, Settings> arm : compared.arms().entrySet()) {
                at++;
                Part part = new Part(arm.getKey(), Work.of(arm.getValue().with(RunKeys.SEED, seed), workplace));
                String id = done(part, at + " of " + all + ": " + part.arm + ", seed " + seed, earlier(part, ended));
                ended.put(id, part);
                runs.computeIfAbsent(part.arm, _ -> new ArrayList<>()).add(id);
            }
        }
        Store store = RunFolder.existing(out);
        List<Arm> arms = new ArrayList<>();
        runs.forEach((arm, ids) ->
                arms.add(new Arm(arm, ids.stream().map(id -> course(store, id)).toList())));
        String name =
                String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "").replaceFirst("^compare-", "");
        Comparison comparison = new Comparison(name, compared.against(), compared.seeds(), arms);
        List<Path> files = new ReportFolder(out.resolve("compare-" + name)).write(comparison);
        List<String> lines = new ArrayList<>(ComparisonPage.lines(comparison));
        lines.add("");
        lines.add("report  " + files.getFirst());
        lines.addAll(Fonts.plotLines(files));
        talk.lines(lines);
        return comparison;
    }

    private ComparisonFile read(Path file) {
        ComparisonFile compared = ComparisonFile.read(file, set, Methods.settings(), Work::unknown);
        compared.notes().forEach(note -> talk.err().println("hone: " + note));
        return compared;
    }

    /// @param ended runs of this comparison, by id
    private EarlierExams earlier(Part part, Map<String, Part> ended) {
        List<String> alike = ended.entrySet().stream()
                .filter(each -> each.getValue().isExaminedLike(part))
                .map(Map.Entry::getKey)
                .toList();
        return (model, step) -> alike.stream()
                .flatMap(id -> exams(id).stream()
                        .filter(exam -> exam.step().equals(step.name()) && exam.round() == step.round())
                        .map(ExaminedStep::report)
                        .filter(report -> report.model().equals(model.id()))
                        .map(report -> new EarlierExams.Sat(id, report)))
                .findFirst();
    }

    private List<ExaminedStep> exams(String id) {
        return RunFolder.existing(out).reports(id);
    }

    /// @return id of the finished run
    private String done(Part part, String heading, EarlierExams earlier) {
        RunPlan plan = part.work.stored();
        List<RunRecord> known = RunFolder.open(out).runs().stream()
                .filter(run -> isSame(run.plan(), plan))
                .toList();
        for (RunRecord run : known) {
            if (run.status() instanceof RunStatus.Done) {
                talk.lines(List.of(heading + ": is there, run " + run.id() + ", " + run.headline()));
                return run.id();
            }
        }
        Execution execution = new Execution(talk, workplace, out, earlier);
        Execution.Outcome outcome = known.isEmpty()
                ? execution.start(part.work, List.of(heading))
                : execution.resume(known.getLast().id(), part.work, List.of(heading + ", gone on with"));
        if (outcome.isAskedToStop()) {
            throw new HoneException(
                    HoneException.Kind.STOPPED,
                    "asked to stop between two runs; the same command goes on with the next");
        }
        return outcome.results().run();
    }

    /// Also where it was started before a setting came that this one has at its default.
    private static boolean isSame(RunPlan known, RunPlan plan) {
        if (!known.method().equals(plan.method()) || known.seed() != plan.seed()) {
            return false;
        }
        try {
            String settings = StoredSettings.read(known).json();
            return new RunPlan(known.method(), known.seed(), settings, known.settingsVersion(), known.honeVersion())
                    .equals(plan);
        } catch (HoneException unreadable) { // another version's
            return false;
        }
    }

    private static Course course(Store store, String id) {
        TreeMap<Integer, Report> exams = new TreeMap<>();
        for (ExaminedStep exam : store.reports(id)) {
            if (exam.step().equals(Examination.STEP)) {
                exams.put(exam.round(), exam.report());
            }
        }
        List<DrawnStep> drawn = store.drawn(id);
        SortedMap<Integer, SortedMap<String, Double>> health = store.health(id);
        List<Point> points = new ArrayList<>();
        exams.forEach((round, report) -> {
            List<DrawnStep> before =
                    drawn.stream().filter(step -> step.round() <= round).toList();
            points.add(new Point(
                    round,
                    round == 0
                            ? 0
                            : before.stream().mapToLong(DrawnStep::samples).sum(),
                    round == 0
                            ? 0
                            : before.stream().mapToLong(DrawnStep::tokens).sum(),
                    report,
                    health.getOrDefault(round, new TreeMap<>())));
        });
        long learned = store.learned(id).stream()
                .mapToLong(step -> step.learned().tokens())
                .sum();
        double seconds = store.phaseSeconds(id).entrySet().stream()
                .filter(each -> each.getKey() != Phase.MEASURE)
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return new Course(id, points, learned, seconds);
    }
}
