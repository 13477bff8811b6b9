package dev.hone.app.report;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/// The files of a report. Each is written beside its place and renamed, so that none is ever half there.
public record ReportFolder(Path folder) {

    /// Writes one file's content.
    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// @return the files, the one to read first in front; without plots where [nothing can draw them][Fonts#missing]
    public List<Path> write(Results results) {
        Path text = put("report.md", out -> out.write(Markdown.of(results).getBytes(StandardCharsets.UTF_8)));
        Path data = put("report.json", out -> out.write(Json.report(results).getBytes(StandardCharsets.UTF_8)));
        if (Fonts.missing().isPresent()) {
            return List.of(text, data);
        }
        XYChart chart = Plot.of(results);
        Path image = put("plot.png", out -> ChartEncoder.saveChart(chart, out, "png"));
        Path drawing = put("plot.svg", out -> ChartEncoder.saveChart(chart, out, "svg"));
        return List.of(text, data, image, drawing);
    }

    /// @return the files, the one to read first in front; without a plot where [nothing can draw it][Fonts#missing]
    public List<Path> write(Comparison comparison) {
        Path text = put(
                "compare.md",
                out -> out.write(ComparisonPage.markdown(comparison).getBytes(StandardCharsets.UTF_8)));
        Path data = put(
                "compare.json", out -> out.write(ComparisonPage.json(comparison).getBytes(StandardCharsets.UTF_8)));
        if (Fonts.missing().isPresent()) {
            return List.of(text, data);
        }
        BufferedImage picture = ComparisonPlot.of(comparison);
        Path image = put("compare.png", out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("this JDK writes no PNG");
            }
        });
        return List.of(text, data, image);
    }

    private Path put(String name, Content content) {
        Path file = folder.resolve(name);
        Path draft = folder.resolve(name + ".draft");
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.write(out);
            }
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "cannot write " + file + ": " + e.getMessage()
                            + "; models and samples are kept: make room or make the folder writable, then go on",
                    e);
        }
    }
}
