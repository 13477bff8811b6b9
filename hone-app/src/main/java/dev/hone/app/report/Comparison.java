package dev.hone.app.report;

import dev.hone.data.Figure;
import dev.hone.data.Report;
import dev.hone.measure.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Several methods from the same base on the same exam, each with the same seeds.
///
/// @param title of the comparison
/// @param against the arm that the others are compared with
/// @param seeds in order
/// @param arms at least one, each with a run for every seed, in their order
public record Comparison(String title, String against, List<Long> seeds, List<Arm> arms) {

    /// One way to improve a model.
    public record Arm(String name, List<Course> runs) {
        public Arm {
            runs = List.copyOf(runs);
        }
    }

    /// How one run went.
    ///
    /// @param run its id
    /// @param points from the model that the rounds start from to the last round's
    /// @param learned tokens that counted in a loss, over all learning
    /// @param seconds of its work, measuring left out
    public record Course(String run, List<Point> points, long learned, double seconds) {
        public Course {
            points = List.copyOf(points);
        }

        Point last() {
            return points.getLast();
        }
    }

    /// A round's model, and what had been spent on it.
    ///
    /// @param samples that the method had drawn up to then
    /// @param tokens of these
    /// @param health what the method told of the round, by name
    public record Point(int round, long samples, long tokens, Report exam, SortedMap<String, Double> health) {
        public Point {
            health = Collections.unmodifiableSortedMap(new TreeMap<>(health));
        }
    }

    public Comparison {
        seeds = List.copyOf(seeds);
        arms = List.copyOf(arms);
        for (Arm arm : arms) {
            if (arm.runs.size() != seeds.size()) {
                throw new IllegalArgumentException(
                        "the arm " + arm.name + " has " + arm.runs.size() + " runs for " + seeds.size() + " seeds");
            }
        }
    }

    /// The figures of all exams; one that only some have, such as a verifier's, comes after those of the first.
    List<String> names() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        Stream.concat(start().stream(), arms.stream().flatMap(arm -> ends(arm).stream()))
                .flatMap(report -> report.figures().stream())
                .map(Figure::name)
                .filter(name -> !name.equals("unjudged"))
                .forEach(names::add);
        return List.copyOf(names);
    }

    Arm control() {
        return arms.stream()
                .filter(arm -> arm.name.equals(against))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no arm is called " + against));
    }

    /// The model that the rounds start from, as the first arm measured it; it learned nothing from its own samples.
    List<Report> start() {
        return arms.getFirst().runs().stream()
                .map(run -> run.points().getFirst().exam())
                .toList();
    }

    private static List<Report> ends(Arm arm) {
        return arm.runs().stream().map(run -> run.last().exam()).toList();
    }

    /// @return empty if one of them lacks the figure
    private static Optional<List<List<Double>>> values(List<Report> reports, String name) {
        List<List<Double>> values = new ArrayList<>();
        for (Report report : reports) {
            List<Double> own = report.perProblem().get(name);
            if (own == null) {
                return Optional.empty();
            }
            values.add(own);
        }
        return Optional.of(values);
    }

    private static Optional<Figure> change(List<Report> before, List<Report> after, String name) {
        return values(before, name)
                .flatMap(first -> values(after, name).map(second -> Bootstrap.changeOverSeeds(name, first, second)));
    }

    /// Over all seeds; empty if an exam lacks it, here and below.
    Optional<Figure> ofStart(String name) {
        return values(start(), name).map(values -> Bootstrap.overSeeds(name, values));
    }

    Optional<Figure> ofEnd(Arm arm, String name) {
        return values(ends(arm), name).map(values -> Bootstrap.overSeeds(name, values));
    }

    /// The arm's last model minus the model that its rounds start from.
    Optional<Figure> gain(Arm arm, String name) {
        List<Report> starts =
                arm.runs().stream().map(run -> run.points().getFirst().exam()).toList();
        return change(starts, ends(arm), name);
    }

    /// What an arm's runs told of a round, each figure as the mean over the seeds whose run told it.
    SortedMap<String, Double> health(Arm arm, int round) {
        TreeMap<String, List<Double>> told = new TreeMap<>();
        for (Course run : arm.runs()) {
            run.points().stream()
                    .filter(point -> point.round() == round)
                    .forEach(point -> point.health()
                            .forEach((name, value) -> told.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(value)));
        }
        TreeMap<String, Double> means = new TreeMap<>();
        told.forEach((name, values) -> means.put(
                name, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    /// The mean over seeds and problems of a round's exam; empty where a seed has no such round or figure.
    Optional<Figure> ofRound(Arm arm, int round, String name) {
        List<Report> reports = arm.runs().stream()
                .flatMap(run -> run.points().stream())
                .filter(point -> point.round() == round)
                .map(Point::exam)
                .toList();
        return reports.size() < seeds.size()
                ? Optional.empty()
                : values(reports, name).map(values -> Bootstrap.overSeeds(name, values));
    }

    /// The arm's last model minus the control's.
    Optional<Figure> lead(Arm arm, String name) {
        return change(ends(control()), ends(arm), name);
    }

    /// The same, one number a seed.
    List<Double> leads(Arm arm, String name) {
        List<Double> leads = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            leads.add(arm.runs().get(i).last().exam().figure(name).value()
                    - control().runs().get(i).last().exam().figure(name).value());
        }
        return leads;
    }
}
