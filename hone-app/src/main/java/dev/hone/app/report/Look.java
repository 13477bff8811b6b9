package dev.hone.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// How pictures look: white, with pale lines across, and as much ink as there is to say.
final class Look {
    static final Color INK = new Color(0x33, 0x3d, 0x47);
    private static final Color PALE = new Color(0xe3, 0xe7, 0xeb);
    /// Of the plot's area, which is drawn after the axes and reaches under their labels where those are short.
    private static final Color CLEAR = new Color(0xff, 0xff, 0xff, 0);

    // Told apart in every common kind of colour blindness (Okabe and Ito 2008).
    static final Color BLUE = new Color(0x00, 0x72, 0xb2);
    static final Color VERMILION = new Color(0xd5, 0x5e, 0x00);
    static final Color GREEN = new Color(0x00, 0x9e, 0x73);
    static final Color PURPLE = new Color(0xcc, 0x79, 0xa7);
    static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);
    static final Color SKY = new Color(0x56, 0xb4, 0xe9);

    static final BasicStroke LINE = new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHES =
            new BasicStroke(2.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {8f, 5f}, 0f);

    private Look() {}

    /// @param size of the text at the axes, in points; the numbers there are a little smaller
    static void plain(XYStyler style, int size) {
        style.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(CLEAR)
                .setPlotBorderVisible(false)
                .setChartFontColor(INK)
                .setChartTitleFont(bold())
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(14)
                .setChartPadding(size)
                .setLegendFont(text(size))
                .setLegendBorderColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setMarkerSize(size / 2);
        style.setAxisTitleFont(text(size))
                .setAxisTickLabelsFont(text(size - 2))
                .setAxisTickLabelsColor(INK)
                .setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(PALE)
                .setPlotGridLinesStroke(new BasicStroke(1f));
    }

    /// A line with its readings.
    static XYSeries marked(XYSeries line, Color color) {
        line.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        line.setLineStyle(LINE);
        return line;
    }

    /// A line that stands back, and is not in the legend.
    static void thin(XYSeries line, Color color) {
        line.setMarker(SeriesMarkers.NONE).setLineColor(color).setShowInLegend(false);
        line.setLineStyle(new BasicStroke(1.3f));
    }

    /// Of titles.
    static Font bold() {
        return new Font(Font.SANS_SERIF, Font.BOLD, 22);
    }

    static Font text(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }
}
