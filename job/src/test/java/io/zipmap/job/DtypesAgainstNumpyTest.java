package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.options.Option;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Arrays of every dtype in every layout, saved by numpy: the tables of a run and the values in SQL equal those of
 * numpy.
 */
@NumpyOracle
class DtypesAgainstNumpyTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    private static final Map<String, String[]> ARRAYS = new LinkedHashMap<>();
    private static final Map<String, String[]> COLUMNS = new TreeMap<>();
    private static final Map<String, List<String>> VALUES = new TreeMap<>();

    /** Runs once, and only if numpy is installed: a method before all tests would run even if all tests are skipped. */
    @BeforeEach
    void write() throws IOException {
        if (!ARRAYS.isEmpty()) {
            return;
        }
        try (InputStream script = DtypesAgainstNumpyTest.class.getResourceAsStream("dtypes.py")) {
            for (String line : Numpy.lines(new String(script.readAllBytes(), StandardCharsets.UTF_8), folder)) {
                String[] cells = line.split("\t", -1);
                switch (cells[0]) {
                    case "A" -> ARRAYS.put(cells[1], cells);
                    case "C" -> COLUMNS.put(cells[1], cells);
                    default ->
                        VALUES.computeIfAbsent(cells[1], entry -> new ArrayList<>())
                                .add(cells[2] + " " + cells[3]);
                }
            }
        }
        assertThat(ARRAYS).hasSizeGreaterThan(60);
        assertThat(COLUMNS).hasSizeGreaterThan(400);
    }

    private static Run run(Object... more) throws IOException {
        return Run.of(SPARK.session(), TestOptions.of(Option.INPUT, folder).and(more));
    }

    @Test
    void tablesEqualNumpyForEverySliceSize() throws IOException {
        assertSame(run());
        assertSame(run(Option.SLICE_BYTES, "16", Option.IN_PLACE, "never", Option.ENTRIES, "[!l]*"));
        assertSame(run(Option.SLICE_BYTES, "1k", Option.AGGREGATE_ON, "driver", Option.QUANTILES, "true"));
    }

    private static void assertSame(Run run) {
        assertThat(run.failures).isEmpty();
        assertThat(run.summary.largestRecord()).isBetween(100L, 1024L);
        Map<String, Row> columns = new TreeMap<>();
        for (Row row : run.columnStats) {
            String column = row.getAs("column");
            columns.put(row.getAs("entry") + " " + hex(column), row);
        }
        List<String> entries = new ArrayList<>();
        for (Row row : run.arrays) {
            String[] expected = ARRAYS.get(row.<String>getAs("entry"));
            entries.add(expected[1]);
            String dtype = row.getAs("dtype");
            String shape = row.getList(row.fieldIndex("shape")).stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(","));
            assertThat(dtype.startsWith("[") ? hex(dtype) : "").as(expected[1]).isIn("", expected[2]);
            assertThat(shape).as(expected[1]).isEqualTo(expected[3]);
            assertThat(row.<String>getAs("order")).as(expected[1]).isEqualTo(expected[4]);
        }
        assertThat(columns.keySet())
                .isEqualTo(COLUMNS.keySet().stream()
                        .filter(name -> entries.contains(name.substring(0, name.indexOf(' '))))
                        .collect(Collectors.toCollection(TreeSet::new)));
        columns.forEach((name, row) -> assertSame(name, row, COLUMNS.get(name)));
    }

    private static void assertSame(String name, Row row, String[] cells) {
        assertThat(row.<Long>getAs("count")).as(name).isEqualTo(Long.parseLong(cells[2]));
        assertThat(row.<Long>getAs("nan_count")).as(name).isEqualTo(Long.parseLong(cells[3]));
        boolean none = cells[4].equals("none");
        String[] of = {"min", "max", "sum", "mean", "stddev"};
        for (int i = 0; i < of.length; i++) {
            Double found = row.getAs(of[i]);
            if (none) {
                assertThat(found).as(name + " " + of[i]).isEqualTo(of[i].equals("sum") ? 0.0 : null);
            } else {
                double expected = Double.longBitsToDouble(Long.parseUnsignedLong(cells[4 + i], 16));
                double off = i < 2 ? 0 : 1e-12 * Math.abs(expected);
                assertThat(found).as(name + " " + of[i]).isCloseTo(expected, within(off));
            }
        }
        String[] exact = {"exact_min", "exact_max", "exact_sum"};
        for (int i = 0; i < exact.length && !none; i++) {
            BigDecimal found = row.getAs(exact[i]);
            assertThat(found == null ? "" : found.toPlainString())
                    .as(name + " " + exact[i])
                    .isEqualTo(cells[9 + i]);
        }
    }

    @Test
    void allValuesInSqlEqualNumpy() {
        for (String entry : ARRAYS.keySet()) {
            assertThat(values(table(entry, "64m"))).as(entry).isEqualTo(VALUES.getOrDefault(entry, List.of()));
        }
    }

    @Test
    void windowsThatCutItemsDoNotChangeValues() {
        for (String entry : List.of("mixed_2d_f", "arrays_2d", "S7_2d_f", "U3_1d", "offsets_1d", "c16b_2d")) {
            Dataset<Row> table = table(entry + ".npy", "16").repartition(1);
            assertThat(values(table)).as(entry).isEqualTo(VALUES.get(entry + ".npy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void theOutputOfARunCanBeOpened(String format, @TempDir Path outputs) throws IOException {
        Path output = outputs.resolve("out");
        run(Option.OUTPUT, output, Option.TABLE_FORMAT, format, Option.ENTRIES, "*_2d*");
        for (String entry : List.of("c8b_2d_f.npy", "names_2d.npy", "arrays_2d_f.npy", "nested_aligned_2d_f.npy")) {
            Dataset<Row> table = reader(entry, "64m").load(output.toString()).selectExpr("_row", "*");
            assertThat(values(table)).as(entry).isEqualTo(VALUES.get(entry));
        }
    }

    private static Dataset<Row> table(String entry, String sliceBytes) {
        return reader(entry, sliceBytes).load(folder + "/*.npz").selectExpr("_row", "*");
    }

    private static DataFrameReader reader(String entry, String sliceBytes) {
        return SPARK.session().read().format("zipmap").option("entries", entry).option("sliceBytes", sliceBytes);
    }

    private static List<String> values(Dataset<Row> table) {
        List<Row> rows = new ArrayList<>(table.collectAsList());
        rows.sort((a, b) -> Long.compare(a.getLong(0), b.getLong(0)));
        return rows.stream().map(DtypesAgainstNumpyTest::cells).toList();
    }

    private static String cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(cell(row.get(i)));
        }
        return String.join(" ", cells);
    }

    private static String cell(Object value) {
        if (value instanceof Row row) {
            return "{" + cells(row) + "}";
        } else if (value instanceof scala.collection.Seq<?> many) {
            return CollectionConverters.asJava(many).stream()
                    .map(DtypesAgainstNumpyTest::cell)
                    .collect(Collectors.joining(" ", "[", "]"));
        } else if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        } else if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) ? "nan" : String.format("%016x", Double.doubleToLongBits(number));
        } else if (value instanceof LocalDateTime time) {
            return Long.toString(ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time));
        } else if (value instanceof Duration time) {
            return Long.toString(Math.addExact(time.getSeconds() * 1_000_000, time.getNano() / 1_000));
        } else if (value instanceof String text) {
            return "'" + hex(text);
        }
        return String.valueOf(value);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
