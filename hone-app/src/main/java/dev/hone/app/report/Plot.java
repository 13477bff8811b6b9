package dev.hone.app.report;

import dev.hone.data.Figure;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/// The right shares over the rounds, each with its 95% interval.
///
/// pass@k stands beside pass@1 on purpose: a loop that learns from its own right answers mostly makes likelier
/// what it could do already, and then pass@1 rises towards a pass@k that hardly moves.
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 620;
    private static final double CAP = 0.025;
    private static final double ASIDE = 0.035;
    private static final List<Color> COLORS = List.of(Look.GREEN, Look.BLUE, Look.VERMILION);

    private Plot() {}

    static XYChart of(Results results) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(results.method() + " on " + results.task())
                .xAxisTitle("model of round")
                .yAxisTitle("right answers on " + Numbers.whole(problems(results)) + " unseen problems")
                .build();
        style(chart.getStyler(), results);
        List<String> names = results.shares();
        for (int i = 0; i < names.size(); i++) {
            draw(chart, results, names.get(i), COLORS.get(i % COLORS.size()), (i - 1) * ASIDE);
        }
        return chart;
    }

    private static int problems(Results results) {
        return results.base().exam().figures().getFirst().n();
    }

    private static void draw(XYChart chart, Results results, String name, Color color, double aside) {
        double[] x = results.rounds().stream()
                .mapToDouble(round -> round.round() + aside)
                .toArray();
        double[] y = results.rounds().stream()
                .mapToDouble(round -> 100 * round.exam().figure(name).value())
                .toArray();
        XYSeries line = chart.addSeries(name, x, y);
        Look.marked(line, color);
        for (int i = 0; i < x.length; i++) {
            interval(chart, results.rounds().get(i).exam().figure(name), x[i], color, name + " interval " + i);
        }
    }

    /// An "I" from the interval's lower to its upper end; the library's own error bars are symmetric only.
    private static void interval(XYChart chart, Figure figure, double x, Color color, String name) {
        double low = 100 * figure.low();
        double high = 100 * figure.high();
        XYSeries bar = chart.addSeries(name, new double[] {x - CAP, x + CAP, x, x, x - CAP, x + CAP}, new double[] {
            low, low, low, high, high, high
        });
        Look.thin(bar, color);
    }

    private static void style(XYStyler style, Results results) {
        Look.plain(style, 18);
        style.setLegendSeriesLineLength(36);
        double lastRound = results.last().round();
        double firstRound = results.base().round();
        style.setXAxisMin(firstRound - 0.4)
                .setXAxisMax(lastRound + 0.4)
                .setYAxisMin(0.0)
                .setYAxisMax(top(results));
        style.setYAxisTickLabelsFormattingFunction(value -> Math.round(value) + "%");
        style.setXAxisTickLabelsFormattingFunction(value -> roundLabel(results, value));
        // A tick a round.
        style.setXAxisTickMarkSpacingHint((int) (0.6 * WIDTH / (lastRound - firstRound + 1)));
    }

    /// Blank between rounds, each blank of another length: the library leaves out ticks whose labels are equal.
    private static String roundLabel(Results results, double value) {
        int round = (int) Math.rint(value);
        String blank = " ".repeat(3 + (int) Math.floor(value));
        if (Math.abs(value - round) > 1e-6) {
            return blank;
        }
        return results.rounds().stream()
                .filter(each -> each.round() == round)
                .findFirst()
                .map(Results.Round::brief)
                .orElse(blank);
    }

    /// The next ten above the highest interval.
    private static double top(Results results) {
        double highest = results.rounds().stream()
                .flatMap(round ->
                        results.shares().stream().map(name -> round.exam().figure(name)))
                .mapToDouble(figure -> 100 * figure.high())
                .max()
                .orElse(100);
        return Math.clamp(10 * Math.ceil((highest + 1) / 10), 10, 100);
    }
}
