package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Filters that the scan answers keep the rows of members that Spark keeps of the same rows in Parquet. */
class FilteredRowsTest {
    private static final int ROWS = 500;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    /** Members of times with NaT, of texts, numbers, arrays and structures, in one archive. */
    @BeforeAll
    static void write() throws IOException {
        Random random = new Random(11);
        Path file = folder.resolve("members.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "t", "<M8[s]", 8, (bytes, i) -> bytes.putLong(time(random)), ROWS);
            add(zip, "n", "<M8[ns]", 8, (bytes, i) -> bytes.putLong(nanos(time(random))), ROWS);
            add(zip, "s", "|S4", 4, (bytes, i) -> bytes.put(text(random)), ROWS);
            add(zip, "y", "<i2", 2, (bytes, i) -> bytes.putShort((short) (i % 7)), ROWS);
            add(
                    zip,
                    "x",
                    "<f4",
                    24,
                    (bytes, i) -> bytes.putFloat(i).putFloat(-i).position(bytes.position() + 16),
                    ROWS,
                    3,
                    2);
            add(zip, "z", "<c8", 8, (bytes, i) -> bytes.putFloat(i).putFloat(1), ROWS);
            add(zip, "k", "<f8", 8, (bytes, i) -> bytes.putDouble(2.5));
        }
        Dataset<Row> table = table(file);
        table.createOrReplaceTempView("filtered");
        DtypeTables.parquet(table, folder.resolve("members.parquet")).createOrReplaceTempView("filtered_parquet");
    }

    private static Dataset<Row> table(Path file) {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("table", "members")
                .option("sliceBytes", 6000)
                .option("provenance", "true")
                .option("nanoseconds", "timestamp")
                .load(file.toString());
    }

    private static long time(Random random) {
        return random.nextInt(5) == 0 ? Dtype.NOT_A_TIME : random.nextInt(9) - 4;
    }

    private static long nanos(long time) {
        return time == Dtype.NOT_A_TIME ? time : time * 333;
    }

    private static byte[] text(Random random) {
        byte[] text = new byte[4];
        byte[] some = List.of("", "a", "ab", "\u00e9", "abcd", "B")
                .get(random.nextInt(6))
                .getBytes(StandardCharsets.UTF_8);
        System.arraycopy(some, 0, text, 0, some.length);
        return text;
    }

    private static void add(
            ZipOutputStream zip,
            String name,
            String dtype,
            int itemBytes,
            BiConsumer<ByteBuffer, Integer> item,
            long... axes)
            throws IOException {
        int rows = axes.length == 0 ? 1 : ROWS;
        ByteBuffer data = ByteBuffer.allocate(rows * itemBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++) {
            item.accept(data, i);
        }
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), Order.C);
        Zips.add(zip, name.equals("y"), name + ".npy", DtypeTables.npy(layout, data));
    }

    private static final List<String> PREDICATES = List.of(
            "t > TIMESTAMP_NTZ'1970-01-01 00:00:01'",
            "NOT (t > TIMESTAMP_NTZ'1970-01-01 00:00:01')",
            "t IS NULL",
            "t IS NOT NULL AND y < 3",
            "NOT (t <=> TIMESTAMP_NTZ'1970-01-01 00:00:02')",
            "t IN (TIMESTAMP_NTZ'1970-01-01 00:00:02', TIMESTAMP_NTZ'1969-12-31 23:59:59')",
            "NOT (t IN (TIMESTAMP_NTZ'1970-01-01 00:00:02'))",
            "t = TIMESTAMP_NTZ'1970-01-01 00:00:00' OR y = 3",
            "NOT (t < TIMESTAMP_NTZ'1970-01-01 00:00:00' OR y = 3)",
            "NOT (t < TIMESTAMP_NTZ'1970-01-01 00:00:00' AND y = 3)",
            "n < TIMESTAMP_NTZ'1970-01-01 00:00:00'",
            "n >= TIMESTAMP_NTZ'1969-12-31 23:59:59.999999' AND n IS NOT NULL",
            "s = 'ab'",
            "s <> 'ab'",
            "s < 'ab'",
            "s <= 'ab' AND s > ''",
            "s >= 'B' OR y = 1",
            "s LIKE 'a%'",
            "NOT (s LIKE '%b%')",
            "s LIKE '%d'",
            "startswith('abc', s)",
            "s IN ('', 'abcd', 'B')",
            "NOT (s IN ('', 'abcd', 'B')) AND 5 > y",
            "s <=> 'a'",
            "s IN ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'B', '', 'a')",
            "s NOT IN ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'B')",
            "y = 6 AND _row > 100",
            "y BETWEEN 2 AND 4 AND k = 2.5",
            "y = 1 OR y = 3 OR y > 5 OR 0 = y",
            "NOT (y = 1 OR y = 3 OR y > 5)",
            "t IS NULL OR t < TIMESTAMP_NTZ'1970-01-01' OR t > TIMESTAMP_NTZ'1970-01-01 00:00:02'",
            "NOT (t <=> TIMESTAMP_NTZ'1970-01-01' OR t > TIMESTAMP_NTZ'1970-01-01 00:00:02')",
            "k < 2.5 OR y = 0",
            "k > 2.5",
            "z.re > 450 AND y <> 2",
            "x[0][0] > 450 AND y <> 2",
            "y > 100",
            "y > k",
            "NOT (k <= y) OR t IS NULL AND y * 2 = _row",
            "y + 1 <> 2 * k AND y % 3 <=> y",
            "(y > 2) = (k >= 2.5)");

    /** Spark evaluates all predicates on the rows of Parquet in one query. */
    @Test
    void theScanKeepsTheRowsThatSparkKeeps() {
        String shown = "CAST(struct(_row, s, x, z, t, k, _archive) AS STRING)";
        List<Row> all = SPARK.session()
                .sql("SELECT " + shown + ", y, k, " + String.join(", ", PREDICATES) + " FROM filtered_parquet")
                .collectAsList();
        for (int i = 0; i < PREDICATES.size(); i++) {
            int column = i + 3;
            List<Row> kept = all.stream()
                    .filter(row -> Boolean.TRUE.equals(row.get(column)))
                    .toList();
            String where = " FROM filtered WHERE " + PREDICATES.get(i);
            assertThat(rows("SELECT " + shown + where))
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(kept.stream()
                            .map(row -> "[" + row.getString(0) + "]")
                            .toList());
            assertThat(rows("SELECT count(*), min(y), sum(y), avg(k), count(s)" + where))
                    .as(where)
                    .containsExactly(kept.isEmpty() ? "[0,null,null,null,0]" : aggregates(kept));
        }
    }

    private static String aggregates(List<Row> kept) {
        var y = kept.stream().mapToInt(row -> row.getShort(1)).summaryStatistics();
        double k = kept.get(0).getDouble(2);
        return "[" + kept.size() + "," + y.getMin() + "," + y.getSum() + "," + k + "," + kept.size() + "]";
    }

    private static List<String> rows(String query) {
        return SPARK.session().sql(query).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    /** Equal values, constants, computed integers and times, of which some are null. */
    @Test
    void theFirstRowsOfAnOrderAreThoseThatSparkFinds() {
        for (String order : List.of(
                "WHERE t IS NULL ORDER BY y DESC, _row LIMIT 30",
                "ORDER BY y % 3 DESC, s, _row LIMIT 9 OFFSET 4",
                "WHERE y > 3 ORDER BY abs(y - 5), k, _row DESC LIMIT 200",
                "ORDER BY k DESC, y, _row LIMIT 3",
                "ORDER BY t DESC, _row LIMIT 5",
                "WHERE y > 100 ORDER BY y, _row LIMIT 5")) {
            String query = "SELECT _row, y, x, s FROM TABLE " + order;
            assertThat(rows(query.replace("TABLE", "filtered")))
                    .as(query)
                    .isEqualTo(rows(query.replace("TABLE", "filtered_parquet")));
        }
    }

    @Test
    void membersOfBlocksWithoutARowAreNotRead() {
        Scans scan = Scans.of(SPARK.session().sql("SELECT x FROM filtered WHERE y > 6"));
        assertThat(scan.rows).isEmpty();
        assertThat(scan.explained).contains("PushedFilters: [y > 6]").doesNotContain("Filter (");
        assertThat(scan.metric("bytesMapped")).isLessThan(ROWS * 24);
    }

    /** Spark does not read a time to know whether it is null, nor one of a row that an earlier predicate rejects. */
    @Test
    void timesOutOfRangeEndAQueryOnlyIfTheyAreCompared() throws IOException {
        Path file = folder.resolve("late.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "late", "<M8[s]", 8, (bytes, i) -> bytes.putLong(i < 100 ? 1L << 62 : i), ROWS);
            add(zip, "y", "<i2", 2, (bytes, i) -> bytes.putShort((short) (int) i), ROWS);
        }
        table(file).createOrReplaceTempView("late");
        assertThat(rows("SELECT count(*) FROM late WHERE late IS NOT NULL")).containsExactly("[500]");
        assertThat(rows("SELECT count(*) FROM late WHERE late IS NULL")).containsExactly("[0]");
        assertThat(rows("SELECT count(*) FROM late WHERE y >= 100 AND late > TIMESTAMP_NTZ'1970-01-01'"))
                .containsExactly("[400]");
    }

    /** Short rows and long ones, of which a filter keeps nearly all or every fifth. */
    @Test
    void keptRowsOfElementsHaveAllTheirColumns() throws IOException {
        for (int columns : List.of(3, 20)) {
            Path file = folder.resolve("elements" + columns + ".npz");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                BiConsumer<ByteBuffer, Integer> row = (bytes, i) -> {
                    for (int c = 0; c < columns; c++) {
                        bytes.putInt(c == 1 ? i % 5 : 1000 * c + i);
                    }
                };
                add(zip, "e", "<i4", 4 * columns, row, ROWS, columns);
            }
            SPARK.session().read().format("zipmap").load(file.toString()).createOrReplaceTempView("elements");
            String kept = "SELECT count(*), count(DISTINCT c0), sum(CAST(c2 - c0 = 2000 AS INT)), "
                    + "sum(CAST(c0 % 5 = c1 AS INT)) FROM elements WHERE ";
            assertThat(rows(kept + "c0 <> 40 AND c0 <> 41")).containsExactly("[498,498,498,498]");
            assertThat(rows(kept + "c1 = 3")).containsExactly("[100,100,100,100]");
            String all = IntStream.range(0, columns).mapToObj(c -> "c" + c).collect(Collectors.joining(" + "));
            long whole = 500L * 499 / 2 * (columns - 1) + 500L * 1000 * (columns * (columns - 1L) / 2 - 1) + 1000;
            long rowOf40 = 40L * (columns - 1) + 1000 * (columns * (columns - 1L) / 2 - 1);
            assertThat(rows("SELECT sum(" + all + ") FROM elements WHERE c0 <> 40"))
                    .containsExactly("[" + (whole - rowOf40) + "]");
        }
    }
}
