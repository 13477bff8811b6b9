package dev.hone.app.report;

import dev.hone.app.report.Comparison.Arm;
import dev.hone.app.report.Comparison.Course;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/// Accuracy to the left and diversity to the right, over the tokens that each arm had drawn: a thick line for the mean
/// of the seeds, a thin one for each seed. One legend for both, in as many rows as it takes.
final class ComparisonPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 520;
    private static final int MARGIN = 44;
    private static final int ROW = 32;
    private static final int STROKE = 30;
    private static final int GAP = 26;
    private static final int TEXT = 16;
    private static final List<Color> COLORS =
            List.of(Look.BLUE, Look.VERMILION, Look.GREEN, Look.PURPLE, Look.ORANGE, Look.SKY, Look.INK);

    private ComparisonPlot() {}

    /// An arm in the legend.
    ///
    /// @param width of its stroke, its name and the gap after it
    private record Entry(String name, Color color, BasicStroke stroke, int width) {}

    private static Color color(int arm) {
        return COLORS.get(arm % COLORS.size());
    }

    /// Dashed once the colours begin again.
    private static BasicStroke stroke(int arm) {
        return arm < COLORS.size() ? Look.LINE : Look.DASHES;
    }

    private static List<List<Entry>> legend(Comparison comparison) {
        var plain = new FontRenderContext(null, true, true);
        List<List<Entry>> rows = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < comparison.arms().size(); i++) {
            String name = comparison.arms().get(i).name();
            Entry entry = new Entry(
                    name,
                    color(i),
                    stroke(i),
                    STROKE
                            + 8
                            + (int) Look.text(TEXT).getStringBounds(name, plain).getWidth()
                            + GAP);
            if (entry.width > left) {
                rows.add(new ArrayList<>());
                left = 2 * WIDTH - 2 * GAP;
            }
            rows.getLast().add(entry);
            left -= entry.width;
        }
        return rows;
    }

    private static void draw(Graphics2D canvas, List<Entry> row, int y) {
        int x = WIDTH - row.stream().mapToInt(Entry::width).sum() / 2;
        canvas.setFont(Look.text(TEXT));
        for (Entry entry : row) {
            canvas.setStroke(entry.stroke);
            canvas.setColor(entry.color);
            canvas.drawLine(x, y, x + STROKE, y);
            canvas.fillOval(x + STROKE / 2 - 4, y - 4, 9, 9);
            canvas.setColor(Look.INK);
            canvas.drawString(entry.name, x + STROKE + 8, y + TEXT / 3);
            x += entry.width;
        }
    }

    static BufferedImage of(Comparison comparison) {
        List<List<Entry>> legend = legend(comparison);
        BufferedImage image =
                new BufferedImage(2 * WIDTH, MARGIN + HEIGHT + ROW * legend.size() + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setColor(Color.WHITE);
            canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
            canvas.translate(0, MARGIN);
            chart(comparison, "pass@1", "right answers, pass@1 in %", 100).paint(canvas, WIDTH, HEIGHT);
            canvas.translate(WIDTH, 0);
            chart(comparison, "distinct right", "different right answers of a problem", 1)
                    .paint(canvas, WIDTH, HEIGHT);
            canvas.translate(-WIDTH, -MARGIN);
            canvas.setColor(Look.INK);
            canvas.setFont(Look.bold());
            String title = comparison.title();
            canvas.drawString(title, WIDTH - canvas.getFontMetrics().stringWidth(title) / 2, 34);
            for (int row = 0; row < legend.size(); row++) {
                draw(canvas, legend.get(row), MARGIN + HEIGHT + row * ROW + ROW / 2);
            }
        } finally {
            canvas.dispose();
        }
        return image;
    }

    private static XYChart chart(Comparison comparison, String figure, String axis, double scale) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("tokens drawn to learn from, thousands")
                .yAxisTitle(axis)
                .build();
        Look.plain(chart.getStyler(), TEXT);
        chart.getStyler().setXAxisMin(0.0).setLegendVisible(false);
        for (int i = 0; i < comparison.arms().size(); i++) {
            draw(chart, comparison.arms().get(i), color(i), stroke(i), figure, scale);
        }
        return chart;
    }

    private static void draw(XYChart chart, Arm arm, Color color, BasicStroke stroke, String figure, double scale) {
        ToDoubleFunction<Comparison.Point> height =
                point -> scale * point.exam().figure(figure).value();
        Color pale = new Color(color.getRed(), color.getGreen(), color.getBlue(), 90);
        if (arm.runs().size() > 1) {
            for (Course run : arm.runs()) {
                XYSeries thin = chart.addSeries(
                        arm.name() + " " + run.run(),
                        run.points().stream()
                                .mapToDouble(point -> point.tokens() / 1e3)
                                .toArray(),
                        run.points().stream().mapToDouble(height).toArray());
                Look.thin(thin, pale);
            }
        }
        int rounds =
                arm.runs().stream().mapToInt(run -> run.points().size()).min().orElse(0);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            int at = i;
            x.add(mean(arm, run -> run.points().get(at).tokens() / 1e3));
            y.add(mean(arm, run -> height.applyAsDouble(run.points().get(at))));
        }
        XYSeries line = chart.addSeries(arm.name(), x, y);
        Look.marked(line, color).setLineStyle(stroke);
    }

    private static double mean(Arm arm, ToDoubleFunction<Course> what) {
        return arm.runs().stream().mapToDouble(what).average().orElse(0);
    }
}
