package dev.hone.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table: rows of cells, the first row its header.
///
/// @param rows all as long as the first
public record Columns(List<List<String>> rows) {
    private static final int GAP = 2;
    private static final int MOST_COLUMNS = 9;

    public Columns {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// On its side where it would be too wide otherwise, and is not even longer.
    static Columns narrow(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        return columns <= MOST_COLUMNS || columns <= rows.size()
                ? new Columns(rows)
                : new Columns(IntStream.range(0, columns)
                        .mapToObj(column ->
                                rows.stream().map(row -> row.get(column)).toList())
                        .toList());
    }

    /// Aligned lines with a light rule below the header; the first column to the left, the others to the right.
    public List<String> lines() {
        return lines(1);
    }

    /// The same with every column to the left.
    public List<String> leftLines() {
        return lines(rows.getFirst().size());
    }

    private List<String> lines(int left) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths, left)));
        lines.add(1, "─".repeat(IntStream.of(widths).sum() + GAP * (widths.length - 1)));
        return lines;
    }

    private static String line(List<String> row, int[] widths, int left) {
        StringBuilder line = new StringBuilder(pad(row.getFirst(), -widths[0]));
        for (int column = 1; column < widths.length; column++) {
            line.append(" ".repeat(GAP)).append(pad(row.get(column), column < left ? -widths[column] : widths[column]));
        }
        return line.toString().stripTrailing();
    }

    private static String pad(String cell, int width) {
        String blanks = " ".repeat(Math.abs(width) - cell.length());
        return width < 0 ? cell + blanks : blanks + cell;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }

    /// As Markdown; the first column to the left, the others to the right.
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        rows.forEach(
                row -> lines.add("| " + row.stream().map(Columns::cell).collect(Collectors.joining(" | ")) + " |"));
        lines.add(1, "|---|" + "---:|".repeat(rows.getFirst().size() - 1));
        return lines;
    }
}
