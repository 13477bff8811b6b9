package dev.hone.app.report;

import dev.hone.data.Figure;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.measure.Bootstrap;
import dev.hone.method.star.WarmStart;
import dev.hone.store.PeakMemory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a finished run found out.
///
/// @param run id of the run
/// @param settings by dotted name
/// @param rounds from the base model on, at least one; round 0 is the model that the rounds start from
/// @param phases seconds of `sample`, `judge`, `learn` and `measure`, in this order
/// @param memory the most that the process held in each phase; without those of which nothing is known
/// @param seconds of all, over all starts of the run
public record Results(
        String run,
        String method,
        String task,
        Map<String, String> settings,
        List<Round> rounds,
        Map<String, Double> phases,
        Map<String, PeakMemory> memory,
        double seconds) {
    /// The number of the base model where round 0 is a warm start.
    public static final int GIVEN = -1;

    /// A round's model and what is known of it.
    ///
    /// @param round 0 for what the rounds start from: the base model, or what a warm start made of it;
    ///     [#GIVEN] for the base model before a warm start
    /// @param health figures of the loop, by name; empty for the base model but for its validation
    /// @param seconds that its exam took
    public record Round(int round, Model model, Report exam, SortedMap<String, Double> health, double seconds) {
        public Round {
            health = new TreeMap<>(health);
        }

        /// How a table calls it.
        public String label() {
            return round <= 0 ? start() : "round " + round;
        }

        /// The same in a narrow column.
        String brief() {
            return round <= 0 ? start() : Integer.toString(round);
        }

        private String start() {
            boolean warm = model.lineage() instanceof Lineage.Learned(String _, String _, String step, int _)
                    && step.equals(WarmStart.STEP)
                    && round == 0;
            return warm ? "warm start" : "base";
        }

        Path folder() {
            return Path.of(model.location());
        }
    }

    public Results {
        settings = new LinkedHashMap<>(settings);
        rounds = List.copyOf(rounds);
        phases = new LinkedHashMap<>(phases);
        memory = new LinkedHashMap<>(memory);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("results need at least the base model's exam");
        }
    }

    public Round base() {
        return rounds.getFirst();
    }

    /// The one that the rounds start from.
    public Round start() {
        return rounds.stream().filter(each -> each.round() == 0).findFirst().orElseGet(this::base);
    }

    public Round last() {
        return rounds.getLast();
    }

    /// Where the last round's model lies.
    public Path modelFolder() {
        return last().folder();
    }

    /// The figures that are right shares: `greedy`, `pass@1` and, of more than one sample, `pass@k`.
    public List<String> shares() {
        return names().stream().filter(name -> name.matches("greedy|pass@\\d+")).toList();
    }

    /// The figures of the exam, in its order.
    public List<String> names() {
        return base().exam().figures().stream().map(Figure::name).toList();
    }

    /// The last model minus the one that the rounds start from on one figure, paired by problem.
    public Figure change(String name) {
        return Bootstrap.change(name, perProblem(start(), name), perProblem(last(), name));
    }

    static List<Double> perProblem(Round round, String name) {
        List<Double> values = round.exam().perProblem().get(name);
        if (values == null) {
            throw new IllegalArgumentException(
                    "the exam of " + round.label() + " has no figure \"" + name + "\" by problem");
        }
        return values;
    }
}
