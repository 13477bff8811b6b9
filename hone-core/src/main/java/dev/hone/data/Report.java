package dev.hone.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an exam found out about a model.
///
/// @param exam name and version, such as `countdown@1 test`
/// @param model id of the model
/// @param figures in the order in which they are shown
/// @param perProblem for each figure that is a mean over problems, its value on each of those problems, in the exam's
///     order, so that two models can be compared problem by problem; NaN where it is not defined. A figure of some
///     problems, such as those with two operations, has values for these alone
/// @param cost what the exam took
public record Report(
        String exam, String model, List<Figure> figures, SortedMap<String, List<Double>> perProblem, Cost cost) {

    public Report {
        figures = List.copyOf(figures);
        TreeMap<String, List<Double>> copy = new TreeMap<>();
        perProblem.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        perProblem = Collections.unmodifiableSortedMap(copy);
    }

    /// @throws IllegalArgumentException if the exam did not measure it
    public Figure figure(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this report has no figure \"" + name + "\"; it has "
                        + figures.stream().map(Figure::name).toList()));
    }
}
