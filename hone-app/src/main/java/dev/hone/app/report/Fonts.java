package dev.hone.app.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether this machine can draw text, which every plot has. A bare Linux image has no font.
public final class Fonts {
    private Fonts() {}

    /// What is missing and what to do; nothing where text can be drawn.
    public static Optional<String> missing() {
        System.setProperty("java.awt.headless", "true");
        return missing(() -> new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                .getStringBounds("x", new FontRenderContext(null, true, true)));
    }

    static Optional<String> missing(Supplier<?> text) {
        try {
            var _ = text.get();
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) { // AWT throws each of them, by what is missing
            return Optional.of("this machine has no font to draw text with (" + e.getMessage()
                    + "); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core");
        }
    }

    /// A plot in a page, or why there is none.
    static String picture(String caption, String file) {
        return missing().map(why -> "No plot: " + why + ".").orElse("![" + caption + "](" + file + ")");
    }

    /// The lines of the terminal that name the plot, or say why there is none.
    ///
    /// @param files of a report
    public static List<String> plotLines(List<Path> files) {
        return files.stream()
                .filter(file -> file.toString().endsWith(".png"))
                .map(Path::toString)
                .findFirst()
                .or(() -> missing().map(why -> "none: " + why))
                .map(what -> List.of("plot    " + what))
                .orElse(List.of());
    }
}
