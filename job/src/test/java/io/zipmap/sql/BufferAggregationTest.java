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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard deviations and variances that scans prepare equal those of Spark over the same rows in Parquet. */
class BufferAggregationTest {
    private static final int ROWS = 203;
    private static final int COLUMNS = 3;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    private static SparkSession session;

    @BeforeAll
    static void register() throws IOException {
        session = SPARK.sessionWith(new ZipmapExtensions());
        session.conf().set("spark.sql.adaptive.enabled", false);
        session.conf().set("spark.sql.codegen.wholeStage", false);
        session.conf().set("spark.sql.shuffle.partitions", 1);
        for (String dtype : List.of("<f4", ">f8", "<u2", ">i4", "<i8")) {
            Path file = folder.resolve(DtypeTables.name(dtype) + ".npz");
            Random random = new Random(17);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                Zips.add(zip, true, "plain.npy", npy(dtype, ROWS, Order.C, random));
                Zips.add(zip, false, "fortran.npy", npy(dtype, ROWS, Order.FORTRAN, random));
                Zips.add(zip, false, "none.npy", npy(dtype, 0, Order.C, random));
                Zips.add(zip, false, "one.npy", npy(dtype, 1, Order.C, random));
            }
            Dataset<Row> table = DtypeTables.zipmap(session, file, 600);
            table.createOrReplaceTempView("z_" + DtypeTables.name(dtype));
            DtypeTables.parquet(table, folder.resolve(DtypeTables.name(dtype) + ".parquet"))
                    .createOrReplaceTempView("p_" + DtypeTables.name(dtype));
        }
    }

    @AfterAll
    static void forget() {
        for (String view : session.sql("SHOW VIEWS").select("viewName").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList()) {
            session.catalog().dropTempView(view);
        }
        session = null;
    }

    /** The last column is constant but for NaN in floats, the others are random. */
    private static byte[] npy(String dtype, int rows, Order order, Random random) throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(rows, COLUMNS), order);
        ByteBuffer data = ByteBuffer.allocate((int) layout.bytes())
                .order(dtype.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int size = layout.dtype().itemSize();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                int at = (int) layout.position(row, column) * size;
                double value = column == 2
                        ? (row == 77 && rows > 1 ? Double.NaN : 3)
                        : random.nextInt(200) - 50 + random.nextDouble();
                switch (dtype.substring(1)) {
                    case "f4" -> data.putFloat(at, (float) value);
                    case "f8" -> data.putDouble(at, value);
                    case "u2" -> data.putShort(at, (short) value);
                    case "i8" -> data.putLong(at, (long) value);
                    default -> data.putInt(at, (int) value);
                }
            }
        }
        return DtypeTables.npy(layout, data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f8", "<u2", ">i4", "<i8"})
    void theScanAndSparkAgree(String dtype) {
        String name = DtypeTables.name(dtype);
        for (String where : List.of(
                "",
                "WHERE c0 > 3",
                "WHERE c1 <= 100 AND c0 > 20 OR c0 = 5",
                "WHERE _row < 40 AND c0 < 60",
                "WHERE c0 > 3 AND c1 = c0",
                "WHERE c0 = 101 AND c0 = 102 AND c1 = 7",
                "WHERE _entry = 'one.npy'")) {
            String query = "SELECT count(*) AS n, avg(c0), stddev_pop(c1), stddev(c0), var_pop(c0), variance(c1), "
                    + "min(c1), max(c0), sum(c1), count(c0), stddev_pop(c2), var_samp(c2), 1 + stddev(c1) FROM TABLE "
                    + where;
            assertThat(run(query, "z_" + name)).as(dtype + " " + where).isEqualTo(run(query, "p_" + name));
        }
        for (String query : List.of(
                "SELECT _entry, stddev(c0), avg(c1), count(*) FROM TABLE GROUP BY _entry ORDER BY _entry",
                "SELECT stddev(c0 * 2D), var_pop(abs(c1)), max(c0) FROM TABLE WHERE c0 > 3",
                "SELECT floor(CAST(c0 AS DOUBLE) / 30) AS b, stddev(c1), variance(c0), stddev_pop(c2), "
                        + "sum(c0), avg(c1), "
                        + "min(c0), max(c1), count(*) FROM TABLE WHERE c1 < 120 GROUP BY 1 ORDER BY 1")) {
            assertThat(run(query, "z_" + name)).as(dtype + " " + query).isEqualTo(run(query, "p_" + name));
        }
        Scans scan = Scans.of(session.sql("SELECT count(*), avg(c0), stddev_pop(c1) FROM z_" + name + " WHERE c0 > 3"));
        assertThat(scan.explained.contains(
                        "PushedAggregates: [COUNT(*), TOTAL(c0), COUNT(c0), NUMBER(c1), MEAN(c1), DEVIATION(c1)]"))
                .isEqualTo(!dtype.equals("<i8"));
        assertThat(scan.explained).contains("PushedFilters: [c0 > 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT count(*), stddev(c1) AS s FROM TABLE GROUP BY floor(c0 / 30) ORDER BY s;"
                        + "[COUNT(*), NUMBER(c1), MEAN(c1), DEVIATION(c1)], PushedGroupBy: [FLOOR(",
                "SELECT stddev(v) FROM (SELECT c0 * 2D AS v FROM TABLE WHERE c1 > 0); [NUMBER(",
                "SELECT g, stddev(w) FROM (SELECT v + 1D AS w, floor(v) AS g FROM (SELECT c0 * 0.1D AS v FROM TABLE)) "
                        + "GROUP BY g ORDER BY g;PushedGroupBy: [FLOOR("
            })
    void theScanComputesWhatIsNamedBelowTheAggregate(String query, String pushed) {
        assertThat(Scans.of(session.sql(query.replace("TABLE", "z_lf4"))).explained)
                .contains(pushed);
        assertThat(run(query, "z_lf4")).isEqualTo(run(query, "p_lf4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT stddev(c0), count(DISTINCT c1) FROM TABLE",
                "SELECT stddev(c0) FILTER (WHERE c1 > 0) FROM TABLE",
                "SELECT stddev(c0 % c1) FROM TABLE",
                "SELECT c1, stddev(c0) FROM TABLE GROUP BY c1 ORDER BY c1",
                "SELECT stddev(c0), max(_entry) FROM TABLE",
                "SELECT stddev(c0), max(c0 / c1) FROM TABLE",
                "SELECT skewness(c0), stddev(c1) FROM TABLE",
                "SELECT stddev(c0) FROM TABLE WHERE exp(c0) < c1"
            })
    void whatDoesNotFitStaysWithSpark(String query) {
        assertThat(session.sql(query.replace("TABLE", "z_lf4"))
                        .queryExecution()
                        .executedPlan()
                        .toString())
                .doesNotContain("PushedAggregates");
        assertThat(run(query, "z_lf4")).isEqualTo(run(query, "p_lf4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM (SELECT stddev(c0) AS s FROM TABLE) JOIN (SELECT stddev(c0) AS t FROM TABLE) ON s = t",
                "SELECT count(*) FROM TABLE WHERE c0 > (SELECT avg(c0) + stddev(c0) FROM TABLE)",
                "SELECT stddev(c0) AS s FROM TABLE HAVING s > 1 UNION ALL SELECT var_pop(c1) FROM TABLE",
                "SELECT stddev(v) FROM (SELECT c0 AS v FROM TABLE WHERE c1 > 0)"
            })
    void partsOfLargerPlansAgree(String query) {
        session.conf().set("spark.sql.adaptive.enabled", true);
        try {
            assertThat(run(query, "z_lf4")).isEqualTo(run(query, "p_lf4"));
        } finally {
            session.conf().set("spark.sql.adaptive.enabled", false);
        }
    }

    private static List<String> run(String query, String table) {
        return session.sql(query.replace("TABLE", table)).collectAsList().stream()
                .map(BufferAggregationTest::text)
                .toList();
    }

    /** Rounds doubles, because they depend on the order of the rows. */
    private static String text(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.get(i) instanceof Double number && Double.isFinite(number)
                        ? String.format("%.9e", number + 0.0)
                        : String.valueOf(row.get(i)))
                .collect(Collectors.joining(", "));
    }
}
