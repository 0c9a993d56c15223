package io.zipmap.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.util.Utils;

/** Cuts Spark's text table to the width of a terminal: first wide cells, then the columns at the right. */
final class TableWidth {
    /** No cell is cut to less while columns can be left out. */
    private static final int NARROWEST = 10;

    private static final String CUT = "…";

    private final int[] widths;
    private final int[] shown;

    private TableWidth(int[] widths, int width) {
        this.widths = widths;
        this.shown = shown(widths, width);
    }

    /**
     * @param lines what {@code Dataset.show} prints: a table between borders, and perhaps a note below it
     * @param width columns of the terminal
     */
    static List<String> cut(List<String> lines, int width) {
        String border = lines.get(0);
        if (border.length() <= width || !border.startsWith("+-")) {
            return lines;
        }
        int[] widths = Arrays.stream(border.substring(1).split("\\+"))
                .mapToInt(String::length)
                .toArray();
        TableWidth cut = new TableWidth(widths, width);
        List<String> result = new ArrayList<>();
        for (String line : lines) {
            result.add(line.startsWith("+") || line.startsWith("|") ? cut.cutLine(line) : line);
        }
        if (cut.shown.length < widths.length) {
            result.add("only showing the first " + cut.shown.length + " of " + widths.length + " columns");
        }
        return result;
    }

    /** Widths of the columns that are shown: the widest ones lose until all fit, or until all are narrow. */
    private static int[] shown(int[] widths, int width) {
        int limit = Math.min(width, Arrays.stream(widths).max().orElse(0));
        while (limit > NARROWEST && total(widths, widths.length, limit) > width) {
            limit--;
        }
        int columns = widths.length;
        while (columns > 1 && total(widths, columns, limit) > width) {
            columns--;
        }
        int most = columns > 1 ? limit : Math.max(1, Math.min(limit, width - 2));
        return Arrays.stream(widths, 0, columns)
                .map(each -> Math.min(each, most))
                .toArray();
    }

    private static int total(int[] widths, int columns, int limit) {
        return 1
                + IntStream.range(0, columns)
                        .map(i -> Math.min(widths[i], limit) + 1)
                        .sum();
    }

    private String cutLine(String line) {
        StringBuilder text = new StringBuilder(line.substring(0, 1));
        int at = 1;
        for (int i = 0; i < shown.length; i++) {
            int end = indexAfter(line, at, widths[i]);
            text.append(cutCell(line.substring(at, end), shown[i])).append(line.charAt(end));
            at = end + 1;
        }
        return text.toString();
    }

    /** The index after so many columns of a terminal. Letters of East Asia take two. */
    private static int indexAfter(String line, int from, int columns) {
        int at = from;
        for (int left = columns; left > 0 && at < line.length() - 1; at++) {
            left -= Utils.stringHalfWidth(line.substring(at, at + 1));
        }
        return at;
    }

    private static String cutCell(String cell, int width) {
        int whole = Utils.stringHalfWidth(cell);
        if (whole <= width) {
            return cell;
        }
        if (cell.startsWith("--")) {
            return "-".repeat(width);
        }
        if (Utils.stringHalfWidth(cell.stripTrailing()) <= width) {
            String text = cell.stripTrailing();
            return text + " ".repeat(width - Utils.stringHalfWidth(text));
        }
        String text = cell.substring(0, indexAfter(cell, 0, width - 1));
        int free = width - 1 - Utils.stringHalfWidth(text);
        return (free < 0 ? text.substring(0, text.length() - 1) + " " : text) + CUT;
    }
}
