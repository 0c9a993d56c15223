package io.zipmap.sql;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates that are computed by the kernels, slice by slice, equal those of Spark over the same rows in Parquet. */
class AggregatesTest {
    private static final int ROWS = 103;
    private static final int COLUMNS = 3;

    /** Rows in a slice of float32. */
    private static final int SLICE = 20;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    private final Random random = new Random(20261122);

    private static SparkSession session() {
        return SPARK.session();
    }

    private enum Content {
        MIXED,
        FORTRAN,
        CONSTANT,
        EMPTY,
        INFINITE
    }

    private static Path write(String dtype, Content... contents) throws IOException {
        Path file = folder.resolve(DtypeTables.name(dtype) + contents.length + ".npz");
        Random random = new Random(5);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Content content : contents) {
                Zips.add(zip, content == Content.MIXED, "e" + content.ordinal() + ".npy", npy(dtype, content, random));
            }
        }
        return file;
    }

    private static byte[] npy(String dtype, Content content, Random random) throws IOException {
        int rows = content == Content.EMPTY ? 0 : ROWS;
        ArrayLayout layout = new ArrayLayout(
                Dtype.parse(dtype), Shape.of(rows, COLUMNS), content == Content.FORTRAN ? Order.FORTRAN : Order.C);
        ByteBuffer data = ByteBuffer.allocate((int) layout.bytes())
                .order(dtype.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        random.nextBytes(data.array());
        int size = layout.dtype().itemSize();
        for (int at = 0; at < data.capacity(); at += size) {
            if (dtype.endsWith("f4")) {
                data.putFloat(at, (float) value(content, at / size, random));
            } else if (dtype.endsWith("f8")) {
                data.putDouble(at, value(content, at / size, random));
            } else if (dtype.endsWith("b1")) {
                data.put(at, (byte) (data.get(at) & 1));
            } else if (content == Content.CONSTANT) {
                System.arraycopy(data.array(), 0, data.array(), at, size);
            }
        }
        return DtypeTables.npy(layout, data);
    }

    /** The middle column has NaN only if all values are NaN. */
    private static double value(Content content, int at, Random random) {
        double plain = (random.nextInt(5) == 0 ? -1 : 1) * random.nextDouble() * 1000;
        boolean odd = content != Content.FORTRAN && at % COLUMNS != 1 && random.nextInt(12) == 0;
        return switch (content) {
            case CONSTANT -> Double.NaN;
            case INFINITE -> at % 50 == 1 ? Double.POSITIVE_INFINITY : plain;
            default -> odd ? List.of(Double.NaN, 0.0, -0.0).get(random.nextInt(3)) : plain;
        };
    }

    private static Dataset<Row> table(Path file) {
        return DtypeTables.zipmap(session(), file, SLICE * COLUMNS * 4);
    }

    @ParameterizedTest
    @MethodSource("io.zipmap.sql.DtypeTables#numbers")
    void theKernelsAgreeWithSparkOverParquet(String dtype) throws IOException {
        Dataset<Row> table = table(write(dtype, Content.values()));
        table.createOrReplaceTempView("aggregated");
        DtypeTables.parquet(table, folder.resolve(DtypeTables.name(dtype) + ".parquet"))
                .createOrReplaceTempView("rows_of_parquet");
        Map<String, List<String>> different = new TreeMap<>();
        for (String query : queries(dtype)) {
            List<String> expected = run(query, "rows_of_parquet");
            List<String> actual = run(query, "aggregated");
            if (!actual.equals(expected)) {
                different.put(query, List.of(actual.toString(), expected.toString()));
            }
        }
        assertThat(different).isEmpty();
    }

    private List<String> queries(String dtype) {
        String all = "";
        for (String column : List.of("c0", "c1")) {
            all += ", min(" + column + "), max(" + column + "), count(" + column + ")";
            if (dtype.charAt(1) != 'b') {
                // A sum of BIGINT overflows, depending on the order of the rows.
                String sum = dtype.endsWith("i8") ? column + " % 1000" : column;
                all += ", avg(" + column + "), sum(" + sum + ")";
            }
        }
        int from = random.nextInt(ROWS / 2);
        String where = switch (dtype.charAt(1)) {
            case 'b' -> "(c2 OR NOT c1)";
            case 'f' -> "(c2 > 100.5 OR c1 = 0)";
            default -> "(c2 > 3 AND c1 <> 7 OR c0 IN (1, 3, 5))";
        };
        String nothing = dtype.charAt(1) == 'b' ? "c0 AND _row < 0" : "c0 = 3 AND c1 = 4 AND c2 = 5";
        return List.of(
                "SELECT _entry, max(c2)" + all + " FROM TABLE WHERE " + where + " GROUP BY _entry ORDER BY _entry",
                "SELECT count(*)" + all + " FROM TABLE WHERE NOT " + where + " AND _row < 25 AND _entry <> 'e1.npy'",
                "SELECT count(c2)" + all + " FROM TABLE WHERE " + nothing,
                "SELECT count(*)" + all + " FROM TABLE",
                "SELECT _entry, count(*)" + all + " FROM TABLE GROUP BY _entry ORDER BY _entry",
                "SELECT max(c2)" + all + ", _archive, _entry FROM TABLE WHERE _row BETWEEN " + from + " AND "
                        + (from + random.nextInt(60)) + " GROUP BY _entry, _archive ORDER BY _entry",
                "SELECT count(c2)" + all + " FROM TABLE WHERE _entry = 'e3.npy'",
                "SELECT _entry, max(c2), min(_row), max(_row) FROM TABLE WHERE _row > 3 GROUP BY _entry"
                        + " HAVING count(c1) > 5 AND count(_entry) > 7 ORDER BY 1 LIMIT 3");
    }

    private static List<String> run(String query, String table) {
        return session().sql(query.replace("TABLE", table)).collectAsList().stream()
                .map(AggregatesTest::text)
                .toList();
    }

    /** Rounds sums of floats to 12 digits, because they depend on the order; to Spark, 0.0 equals -0.0. */
    private static String text(Row row) {
        return Stream.iterate(0, i -> i < row.size(), i -> i + 1)
                .map(i -> row.get(i) instanceof Double number && Double.isFinite(number)
                        ? String.format("%.11e", number + 0.0)
                        : row.get(i) instanceof Float number
                                ? String.valueOf(number + 0.0f)
                                : String.valueOf(row.get(i)))
                .collect(Collectors.joining(", "));
    }

    /** Sums, ranges and counts of arithmetic, under filters of arithmetic and in groups of integers. */
    @ParameterizedTest
    @MethodSource("io.zipmap.sql.DtypeTables#numbers")
    void arithmeticAndGroupsAgreeWithSparkOverParquet(String dtype) throws IOException {
        if (dtype.endsWith("b1") || dtype.endsWith("u8")) {
            return;
        }
        Dataset<Row> table = table(write(dtype, Content.values()));
        table.createOrReplaceTempView("aggregated");
        DtypeTables.parquet(table, folder.resolve(DtypeTables.name(dtype) + "x.parquet"))
                .createOrReplaceTempView("rows_of_parquet");
        boolean isFloat = dtype.charAt(1) == 'f';
        String wide = isFloat ? "TABLE" : "(SELECT *, CAST(c0 AS DOUBLE) d, CAST(c1 AS BIGINT) w FROM TABLE)";
        List<String> queries = isFloat
                ? List.of(
                        "SELECT count(c0 * c1), sum(c0 * c1 + c2), avg(abs(c0) - 2 * c1), min(-c0), max(c1 / 3) "
                                + "FROM TABLE",
                        "SELECT _entry, avg(c0 * c1), max(c0 - c1) FROM TABLE WHERE c1 > 500 "
                                + "GROUP BY _entry ORDER BY 1",
                        "SELECT count(*), max(c1) FROM TABLE WHERE c0 * c1 > 20000 OR abs(c0) = 0",
                        "SELECT avg(sqrt(c0 * c0 + c1 * c1)), max(sqrt(abs(c2))), min(sqrt(-4 - abs(c0))) FROM TABLE "
                                + "WHERE sqrt(c0 * c0 + c1 * c1) > 30",
                        "SELECT floor(c1 / 100) AS b, count(*), sum(c0), min(c0), max(c0), avg(c1 * c2), min(c2) "
                                + "FROM TABLE "
                                + "WHERE NOT c1 < -200 GROUP BY 1 ORDER BY 1",
                        "SELECT CAST(floor(c1 / 100) AS TINYINT) AS b, CAST(c0 AS INT), count(*), max(c1) FROM TABLE "
                                + "WHERE c1 BETWEEN -999 AND 9999 AND abs(c0) < 1e9 GROUP BY 1, 2 ORDER BY 1, 2",
                        "SELECT _entry, ceil(c1 / 300) AS b, count(c0), max(c1) FROM TABLE GROUP BY 1, 2 ORDER BY 1, 2")
                : List.of(
                        "SELECT sum(d * 2.5D), avg(d), min(abs(d) - 1), max(-d), count(w) FROM " + wide,
                        "SELECT c0, count(*), min(c1), max(c2), avg(CAST(c1 AS DOUBLE)) FROM TABLE WHERE c1 <> 3 "
                                + "GROUP BY c0 ORDER BY c0",
                        "SELECT c0 % 7 AS m, _entry, count(*), max(c1) FROM TABLE GROUP BY 1, 2 ORDER BY 1, 2",
                        "SELECT c0 < 5, count(*), sum(CAST(c1 > 9 AS INT)) FROM TABLE GROUP BY 1 ORDER BY 1");
        for (String query : queries) {
            assertThat(run(query, "aggregated")).as(dtype + " " + query).isEqualTo(run(query, "rows_of_parquet"));
        }
        String last = queries.get(isFloat ? 6 : 2).replace("TABLE", "aggregated");
        assertThat(Scans.of(session().sql(last)).explained).contains("PushedAggregates", "PushedGroupBy: [");
    }

    @Test
    void aGroupThatIsOutOfTheRangeOfItsTypeIsTheErrorOfSpark() throws IOException {
        Path file = folder.resolve("large.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Zips.add(zip, true, "x.npy", Zips.npy(60, 0, 60, 1));
        }
        Dataset<Row> table = session().read().format("zipmap").load(file.toString());
        Dataset<Row> parquet = DtypeTables.parquet(table, folder.resolve("large.parquet"));
        for (String group : List.of(
                "CAST(floor(c0 * 1e9D) AS INT)",
                "CAST(CAST(floor(c0 * 1000D) AS BIGINT) AS SMALLINT)",
                "CAST(c0 * 1e9D AS INT)",
                "CAST(c0 * CAST(1e30 AS FLOAT) AS BIGINT)")) {
            assertThat(Scans.of(table.where("c0 < 1").groupBy(expr(group)).count()).explained)
                    .contains("PushedGroupBy: [CAST(");
            assertThat(rootMessage(table.groupBy(expr(group)).count()))
                    .startsWith("[CAST_OVERFLOW] The value ")
                    .isEqualTo(rootMessage(parquet.groupBy(expr(group)).count()));
        }
    }

    private static String rootMessage(Dataset<Row> failing) {
        Throwable failure = catchThrowable(failing::collectAsList);
        while (failure.getCause() != null) {
            failure = failure.getCause();
        }
        return String.valueOf(failure.getMessage());
    }

    @Test
    void aMemberWhoseNameIsANumberIsNotTheNumber() throws IOException {
        Path file = folder.resolve("number.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Zips.add(zip, false, "a.npy", Zips.npy("<u4", new byte[] {10, 0, 0, 0}, 1));
            Zips.add(zip, false, "1.npy", Zips.npy("<u4", new byte[] {5, 0, 0, 0}, 1));
        }
        Scans scan = Scans.of(session()
                .read()
                .format("zipmap")
                .option("table", "members")
                .load(file.toString())
                .selectExpr("sum(a + 1)", "sum(a + `1`)"));
        assertThat(scan.rows).singleElement().hasToString("[11,15]");
        assertThat(scan.explained).contains("PushedAggregates: [SUM((a + 1)), SUM((a + `1`))]");
    }

    @Test
    void sparkMergesMoreGroupsThanATaskHolds() throws IOException {
        int rows = 150_000;
        Path file = folder.resolve("groups.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Zips.add(zip, true, "x.npy", Zips.npy(rows, 0, rows, 1));
            Zips.add(zip, true, "y.npy", Zips.npy(rows, 0, rows, 1));
        }
        session().read().format("zipmap").load(file.toString()).createOrReplaceTempView("grouped");
        Scans scan = Scans.of(session()
                .sql("SELECT count(*), min(n), max(n), sum(s), bool_and(s = 2 * g AND m = g) FROM (SELECT "
                        + "floor(c0) AS g, count(*) AS n, sum(c0) AS s, max(c0) AS m FROM grouped GROUP BY 1)"));
        assertThat(scan.rows).singleElement().hasToString("[150000,2,2,2.249985E10,true]");
        assertThat(scan.explained).contains("PushedGroupBy: [FLOOR(CAST(c0 AS DOUBLE))]");
        assertThat(scan.metric("numOutputRows")).isBetween(150_001L, 2L * rows);
    }

    /** int8 products are of SMALLINT and may overflow: then Spark names the error as it does over Parquet. */
    @Test
    void arithmeticThatMayOverflowStaysWithSpark() throws IOException {
        table(write("|i1", Content.MIXED)).createOrReplaceTempView("aggregated");
        for (String query : List.of("SELECT sum(c0 * c1) FROM aggregated", "SELECT max(-c0) FROM aggregated")) {
            assertThat(session().sql(query).queryExecution().executedPlan().toString())
                    .doesNotContain("PushedAggregates");
        }
        Scans scan = Scans.of(session().sql("SELECT sum(c0 * 100), max(c0 + 1) FROM aggregated WHERE c0 - 1 > 2"));
        assertThat(scan.explained)
                .contains("SUM((CAST(c0 AS INT) * 100))", " - 1) > 2]")
                .doesNotContain("Filter (");
    }

    @Test
    void aSliceGivesARowAndNoBatch() throws IOException {
        Dataset<Row> table = table(write("<f4", Content.MIXED, Content.FORTRAN, Content.EMPTY));
        Scans scan = Scans.of(table.selectExpr("min(c0)", "max(c1)", "avg(c2)", "count(*)"));
        assertThat(scan.metric("slicesAggregated")).isEqualTo(12);
        assertThat(scan.metric("numOutputRows")).isEqualTo(12);
        assertThat(scan.metric("batches")).isZero();
        assertThat(scan.explained)
                .contains("PushedAggregates: [MIN(c0), MAX(c1), SUM(c2), COUNT(c2), COUNT(*)], PushedGroupBy: []");
        Scans grouped = Scans.of(table.where("_row < 20 AND _entry <> 'e1.npy'")
                .groupBy("_entry")
                .max("c0"));
        assertThat(grouped.metric("slicesAggregated")).isEqualTo(1);
        assertThat(grouped.explained)
                .contains(
                        "PushedAggregates: [MAX(c0)], PushedGroupBy: [_entry]", "_row < 20", "NOT (_entry = 'e1.npy')");
    }

    @Test
    void aSliceGivesARowOfTheRowsThatAFilterKeeps() throws IOException {
        Dataset<Row> table = table(write("<f4", Content.MIXED, Content.FORTRAN, Content.EMPTY));
        Scans scan = Scans.of(table.where("c2 > 0 AND _row < 90").selectExpr("avg(c0)", "count(*)"));
        assertThat(scan.metric("numOutputRows")).isEqualTo(scan.metric("slicesAggregated"));
        assertThat(scan.metric("batches")).isZero();
        assertThat(scan.explained)
                .contains("PushedAggregates: [SUM(c0), COUNT(c0), COUNT(*)]", "PushedFilters: [c2 > 0.0, _row < 90]")
                .doesNotContain("Filter (");
    }

    @Test
    void aggregatesOfHiddenColumnsOpenNoArray() throws IOException {
        Dataset<Row> table = table(write("<f4", Content.MIXED, Content.FORTRAN));
        Scans rows =
                Scans.of(table.where("_row > 50").selectExpr("min(_row)", "max(_row)", "count(c1)", "count(_entry)"));
        assertThat(rows.rows).singleElement().hasToString("[51,102,104,104]");
        assertThat(rows.metric("arraysOpened")).isZero();
        assertThat(rows.metric("batches")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT max(c0) FROM aggregated WHERE exp(c1) > c2",
                "SELECT max(_row) FROM aggregated WHERE c1 > 0",
                "SELECT max(c0 % c1) FROM aggregated",
                "SELECT max(c0 / c1) FROM aggregated",
                "SELECT max(CAST(c0 AS DECIMAL(38, 18))) FROM aggregated WHERE c0 < 1",
                "SELECT max(c0) FROM aggregated GROUP BY c1",
                "SELECT max(_row) FROM aggregated GROUP BY floor(c1)",
                "SELECT count(DISTINCT c0) FROM aggregated",
                "SELECT sum(DISTINCT c0) FROM aggregated",
                "SELECT max(c0) FILTER (WHERE c1 > 0) FROM aggregated",
                "SELECT max(c0) FROM aggregated GROUP BY _row",
                "SELECT max(c0) FROM (SELECT c0 FROM aggregated LIMIT 7)",
                "SELECT max(c0) FROM (SELECT c0 FROM aggregated OFFSET 7)"
            })
    void anAggregateThatKernelsCannotComputeStaysWithSpark(String query) throws IOException {
        table(write("<f4", Content.MIXED)).createOrReplaceTempView("aggregated");
        Scans scan = Scans.of(session().sql(query));
        assertThat(scan.explained).doesNotContain("PushedAggregates");
        assertThat(scan.metric("batches")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<i8", "<u8"})
    void aSumThatMayNotFitStaysWithSpark(String dtype) throws IOException {
        Dataset<Row> table = table(write(dtype, Content.MIXED));
        assertThat(Scans.of(table.selectExpr("avg(c0)")).explained).doesNotContain("PushedAggregates");
        assertThat(Scans.of(table.selectExpr("try_sum(c0)")).explained).doesNotContain("PushedAggregates");
        assertThat(Scans.of(table.selectExpr("min(c0)")).explained).contains("PushedAggregates");
    }

    @Test
    void aLimitOfGroupsIsNotALimitOfRows() throws IOException {
        table(write("<f4", Content.MIXED, Content.FORTRAN)).createOrReplaceTempView("aggregated");
        assertThat(run("SELECT _entry, count(*) FROM TABLE GROUP BY _entry LIMIT 1", "aggregated"))
                .singleElement()
                .asString()
                .endsWith(", 103");
        assertThat(run("SELECT count(*) FROM TABLE LIMIT 2", "aggregated")).containsExactly("206");
        assertThat(run("SELECT count(*), max(c1) FROM TABLE OFFSET 1", "aggregated"))
                .isEmpty();
        assertThat(run("SELECT _entry, count(*) FROM TABLE GROUP BY _entry OFFSET 1", "aggregated"))
                .hasSize(1);
    }

    @Test
    void aViewWithItsProvenancePushesAsATableDoes() throws IOException {
        Path file = write("<f4", Content.MIXED, Content.FORTRAN);
        session()
                .sql("CREATE OR REPLACE TEMPORARY VIEW shown USING zipmap OPTIONS (path '" + file
                        + "', provenance 'true', sliceBytes '1k')");
        Scans pruned = Scans.of(session().sql("SELECT c0 FROM shown WHERE _entry = 'e1.npy' AND _row < 5"));
        assertThat(pruned.rows).hasSize(5);
        assertThat(pruned.metric("arraysOpened")).isEqualTo(1);
        Scans grouped = Scans.of(session().sql("SELECT _entry, sum(c1) FROM shown GROUP BY _entry"));
        assertThat(grouped.explained).contains("PushedAggregates: [SUM(c1)], PushedGroupBy: [_entry]");
        assertThat(grouped.rows).hasSize(2);
    }

    @Test
    void aFileThatIsDamagedIsHealedBeforeItIsAggregated() throws IOException {
        Path file = Zips.deflated(folder.resolve("heal.npz"), "x.npy", Zips.npy(300, 1, 100, 3));
        Path scratch = folder.resolve("scratch");
        Dataset<Row> query = session()
                .read()
                .format("zipmap")
                .option("scratch", scratch.toString())
                .load(file.toString())
                .selectExpr("sum(c0)", "max(c2)");
        assertThat(Scans.of(query).rows).singleElement().hasToString("[14950.0,300.0]");
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path one : all.filter(path -> path.toString().endsWith(".npy")).toList()) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rw-------"));
                Files.write(one, new byte[100]);
            }
        }
        Scans healed = Scans.of(query.selectExpr("*"));
        assertThat(healed.rows).singleElement().hasToString("[14950.0,300.0]");
        assertThat(healed.metric("arraysHealed")).isEqualTo(1);
    }

    @Test
    void badArraysThatAreLeftOutAreLeftToSpark() throws IOException {
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Zips.corrupt(Zips.stored(bad.resolve("x.zip"), "x.dat", Zips.floats(30, 0)));
        Zips.stored(bad.resolve("y.zip"), "x.dat", Zips.floats(30, 0));
        Scans scan = Scans.of(session()
                .read()
                .format("zipmap")
                .option("dtype", "float32")
                .option("onError", "quarantine")
                .load(bad.toString())
                .selectExpr("count(*)", "max(value)"));
        assertThat(scan.rows).singleElement().hasToString("[30,29.0]");
        assertThat(scan.metric("arraysLeftOut")).isEqualTo(1);
    }
}
