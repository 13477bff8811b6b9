package dev.hone.app.report;

import dev.hone.data.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The right shares over the rounds, each with its 95% interval.
///
/// pass@k stands beside pass@1 on purpose: a loop that learns from its own right answers mostly makes likelier
/// what it could do already, and then pass@1 rises towards a pass@k that hardly moves.
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 620;
    private static final double CAP = 0.025;
    private static final double ASIDE = 0.035;
    private static final Color INK = new Color(0x33, 0x3d, 0x47);
    private static final Color PALE = new Color(0xe3, 0xe7, 0xeb);
    /// Told apart in every common kind of colour blindness (Okabe and Ito 2008).
    private static final List<Color> COLORS =
            List.of(new Color(0x00, 0x9e, 0x73), new Color(0x00, 0x72, 0xb2), new Color(0xd5, 0x5e, 0x00));

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
        line.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        line.setLineStyle(new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
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
        bar.setMarker(SeriesMarkers.NONE).setLineColor(color).setShowInLegend(false);
        bar.setLineStyle(new BasicStroke(1.4f));
    }

    private static void style(XYStyler style, Results results) {
        style.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartFontColor(INK)
                .setChartTitleFont(font(Font.BOLD, 22))
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(14)
                .setChartPadding(18)
                .setLegendFont(font(Font.PLAIN, 18))
                .setLegendBorderColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendSeriesLineLength(36)
                .setMarkerSize(9);
        style.setAxisTitleFont(font(Font.PLAIN, 18))
                .setAxisTickLabelsFont(font(Font.PLAIN, 16))
                .setAxisTickLabelsColor(INK)
                .setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(PALE)
                .setPlotGridLinesStroke(new BasicStroke(1f));
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

    private static Font font(int shape, int size) {
        return new Font(Font.SANS_SERIF, shape, size);
    }
}
