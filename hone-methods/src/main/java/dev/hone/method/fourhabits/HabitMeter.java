package dev.hone.method.fourhabits;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What responses are like (card four-habits, step 5).
///
/// @param figures by name: `right` share of right answers, the strict accuracy, never the mean reward;
///     `answered` share with an answer section; `truncated`; `tokens` mean drawn ones; for each [Habit] the
///     mean count of a response, such as `backtracking`, and of 100 tokens, such as `backtracking/100`,
///     since long texts have more of everything
record HabitMeter(SortedMap<String, Double> figures) {

    /// @param judged by what is right, at least one
    static HabitMeter of(List<Judged> judged) {
        double n = judged.size();
        double tokens = judged.stream()
                .mapToInt(each -> each.sample().tokens().count(Author.MODEL))
                .sum();
        TreeMap<String, Double> figures = new TreeMap<>();
        figures.put("right", judged.stream().filter(Judged::isRight).count() / n);
        figures.put("answered", judged.stream().filter(Reward::isAnswered).count() / n);
        figures.put(
                "truncated",
                judged.stream()
                                .filter(each -> each.sample().finish() instanceof Finish.Truncated)
                                .count()
                        / n);
        figures.put("tokens", tokens / n);
        List<HabitCounts> counts = judged.stream()
                .map(each ->
                        HabitCounts.of(each.sample().problem(), each.sample().text()))
                .toList();
        for (Habit habit : Habit.values()) {
            double seen = counts.stream().mapToInt(each -> each.of(habit)).sum();
            figures.put(habit.label(), seen / n);
            if (tokens > 0) {
                figures.put(habit.label() + "/100", 100 * seen / tokens);
            }
        }
        return new HabitMeter(figures);
    }
}
