package dev.hone.app.report;

import dev.hone.data.Figure;
import dev.hone.data.Report;
import dev.hone.measure.Bootstrap;
import java.util.ArrayList;
import java.util.List;

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
    /// @param seconds of all its work, measuring included
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
    public record Point(int round, long samples, long tokens, Report exam) {}

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

    /// The figures of every exam, in the order of the first.
    List<String> names() {
        List<String> names = new ArrayList<>(
                start().getFirst().figures().stream().map(Figure::name).toList());
        for (Arm arm : arms) {
            for (Course run : arm.runs) {
                names.retainAll(run.last().exam().perProblem().keySet());
            }
        }
        names.remove("unjudged");
        return names;
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

    private static List<List<Double>> values(List<Report> reports, String name) {
        return reports.stream()
                .map(report -> {
                    List<Double> values = report.perProblem().get(name);
                    if (values == null) {
                        throw new IllegalArgumentException("no values of " + name + " in an exam of " + report.model());
                    }
                    return values;
                })
                .toList();
    }

    /// Over all seeds.
    Figure ofStart(String name) {
        return Bootstrap.overSeeds(name, values(start(), name));
    }

    Figure ofEnd(Arm arm, String name) {
        return Bootstrap.overSeeds(name, values(ends(arm), name));
    }

    /// The arm's last model minus the model that its rounds start from.
    Figure gain(Arm arm, String name) {
        List<Report> starts =
                arm.runs().stream().map(run -> run.points().getFirst().exam()).toList();
        return Bootstrap.changeOverSeeds(name, values(starts, name), values(ends(arm), name));
    }

    /// The arm's last model minus the control's.
    Figure lead(Arm arm, String name) {
        return Bootstrap.changeOverSeeds(name, values(ends(control()), name), values(ends(arm), name));
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
