package dev.hone.app.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Resident memory over the course of long work.
public final class MemoryPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 520;

    private MemoryPlot() {}

    /// @param rounds how far the work had come at each reading, in rounds
    /// @param megabytes of resident memory at each
    /// @param file a picture in PNG
    public static void write(String title, List<Double> rounds, List<Long> megabytes, Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("rounds done")
                .yAxisTitle("resident memory, MB")
                .build();
        double[] x = rounds.stream().mapToDouble(Double::doubleValue).toArray();
        double[] y = megabytes.stream().mapToDouble(Long::doubleValue).toArray();
        chart.addSeries("resident memory", x, y).setMarker(SeriesMarkers.NONE).setLineColor(Look.BLUE);
        XYStyler style = chart.getStyler();
        Look.plain(style, 16);
        style.setLegendVisible(false);
        style.setYAxisMin(0.0);
        try (OutputStream out = Files.newOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, "png");
        }
    }
}
