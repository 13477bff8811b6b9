package dev.hone.app.report;

import dev.hone.app.report.Comparison.Arm;
import dev.hone.app.report.Comparison.Course;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/// Accuracy to the left and diversity to the right, over the tokens that each arm had drawn: a thick line for the mean
/// of the seeds, a thin one for each seed.
final class ComparisonPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 560;
    private static final int MARGIN = 44;
    private static final List<Color> COLORS =
            List.of(Look.BLUE, Look.VERMILION, Look.GREEN, Look.PURPLE, Look.ORANGE, Look.SKY, Look.INK);

    private ComparisonPlot() {}

    static BufferedImage of(Comparison comparison) {
        BufferedImage image = new BufferedImage(2 * WIDTH, HEIGHT + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
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
        Look.plain(chart.getStyler(), 16);
        chart.getStyler().setXAxisMin(0.0);
        for (int i = 0; i < comparison.arms().size(); i++) {
            draw(chart, comparison.arms().get(i), COLORS.get(i % COLORS.size()), figure, scale);
        }
        return chart;
    }

    private static void draw(XYChart chart, Arm arm, Color color, String figure, double scale) {
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
        Look.marked(line, color);
    }

    private static double mean(Arm arm, ToDoubleFunction<Course> what) {
        return arm.runs().stream().mapToDouble(what).average().orElse(0);
    }
}
