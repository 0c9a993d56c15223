package io.zipmap.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.Nullable;

/** Formats rows as the text table that {@code Dataset.show} prints, without running Spark SQL. */
final class TextTable {
    private static final int NARROWEST = 3;

    private final String[] header;
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... header) {
        this.header = header.clone();
    }

    /** Adds a row. The value of a column is as Spark's {@code CAST(… AS STRING)}: numbers, texts and nulls only. */
    void add(Row row) {
        rows.add(IntStream.range(0, row.size()).mapToObj(i -> text(row.get(i))).toArray(String[]::new));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }

    List<String> lines() {
        int[] widths = IntStream.range(0, header.length).map(this::width).toArray();
        String border = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("+", "+", "+"));
        List<String> lines = new ArrayList<>(List.of(border, line(header, widths), border));
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(border);
        return lines;
    }

    private int width(int column) {
        int widest = rows.stream()
                .mapToInt(row -> Utils.stringHalfWidth(row[column]))
                .max()
                .orElse(0);
        return Math.max(NARROWEST, Math.max(Utils.stringHalfWidth(header[column]), widest));
    }

    private static String line(String[] cells, int[] widths) {
        return IntStream.range(0, cells.length)
                .mapToObj(i -> cells[i] + " ".repeat(widths[i] - Utils.stringHalfWidth(cells[i])))
                .collect(Collectors.joining("|", "|", "|"));
    }
}
