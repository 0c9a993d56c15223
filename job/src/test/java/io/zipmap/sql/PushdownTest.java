package io.zipmap.sql;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scan reads only what its query needs, as the metrics of the scan show. */
class PushdownTest {
    private static final int ROWS = 100;
    private static final int BYTES = ROWS * 3 * 4;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    /** Two archives of two arrays and a bare array, 500 rows; element (r, c) of array n is 1000 n + 3 r + c. */
    @BeforeAll
    static void write() throws IOException {
        for (int a = 0; a < 2; a++) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("a" + a + ".zip")))) {
                for (int e = 0; e < 2; e++) {
                    Zips.add(zip, false, "e" + e + ".npy", Zips.npy(ROWS * 3, 1000 * (2 * a + e), ROWS, 3));
                }
            }
        }
        Files.write(folder.resolve("b.npy"), Zips.npy(ROWS * 3, 4000, ROWS, 3));
    }

    /** A table with slices of ten rows. */
    private static Dataset<Row> table() {
        return SPARK.session().read().format("zipmap").option("sliceBytes", 120).load(folder.toString());
    }

    private static Scans run(String where, String... columns) {
        return Scans.of(table().where(where).selectExpr(columns));
    }

    private static String uri(String name) {
        return "file://" + folder.resolve(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    _archive = '%sa1.zip'                          | 200 | 2
                    _archive = 'file:/nowhere'                     | 0   | 0
                    _archive LIKE '%%a0.zip'                       | 200 | 2
                    _archive LIKE 'file:%%'                        | 500 | 5
                    _archive LIKE '%%/a%%'                         | 400 | 4
                    _entry = 'e0.npy'                              | 200 | 2
                    _entry <> 'e0.npy'                             | 200 | 2
                    _entry IN ('e1.npy', 'nothing')                | 200 | 2
                    NOT (_entry IN ('e1.npy', 'nothing'))          | 200 | 2
                    _entry IS NULL                                 | 100 | 1
                    _entry IS NOT NULL                             | 400 | 4
                    _entry > 'e0.npy' OR _archive LIKE '%%b.npy'   | 300 | 3
                    _entry > 'e0.npy' AND _archive LIKE '%%a0.zip' | 100 | 1
                    _row = 7                                       | 5   | 5
                    _row IN (7, 8, 99, 100, -3)                    | 15  | 5
                    _row < 0 OR _row > 99                          | 0   | 0
                    _row >= 30 AND _row <= 31                      | 10  | 5
                    _row < 5 OR _row BETWEEN 90 AND 94             | 50  | 5
                    NOT (_row < 98) AND _entry = 'e1.npy'          | 4   | 2
                    _row <> 3                                      | 495 | 5
                    """)
    void hiddenColumnsPruneBeforeAnyFileIsOpened(String where, int rows, int arrays) {
        Scans scan = run(String.format(where, uri("") + "/"), "c0");
        assertThat(scan.rows).hasSize(rows);
        assertThat(scan.explained).doesNotContain("Filter (");
        long opened = scan.metric("arraysOpened");
        assertThat(opened).isBetween((long) arrays, (long) arrays * 11);
        if (arrays == 0) {
            assertThat(opened).isZero();
        }
    }

    @Test
    void aQueryOverOneArchiveMapsThatArchiveOnly() {
        Scans one = run("_archive = '" + uri("a1.zip") + "' AND _entry = 'e1.npy'", "c0", "c2");
        assertThat(one.rows).hasSize(ROWS).first().hasToString("[3000.0,3002.0]");
        assertThat(one.metric("arraysOpened")).isEqualTo(10);
        assertThat(one.metric("bytesMapped")).isBetween((long) BYTES, 10L * (BYTES + 120));
        assertThat(one.explained).contains("_archive = 'file:", "columns 2 of 3");
    }

    @Test
    void thePlanTellsColumnsOfArraysAndHiddenOnesApart() {
        assertThat(run("_row < 3", "c0", "_row", "_archive").explained).contains("columns 1 of 3 and _archive, _row");
        assertThat(run("_row < 3", "c0", "c1", "c2", "_archive", "_entry", "_row").explained)
                .contains("columns 3 of 3 and _archive, _entry, _row");
        assertThat(run("_row < 3", "_entry").explained).contains("columns 0 of 3 and _entry, ");
    }

    @Test
    void filtersOnValuesAreAnsweredByTheScan() {
        Scans scan = run("_entry = 'e0.npy' AND c1 < 100", "c1", "_row");
        assertThat(scan.rows).hasSize(33).allMatch(row -> row.getFloat(0) == 3 * row.getLong(1) + 1);
        assertThat(scan.explained).contains("_entry = 'e0.npy', c1 < 100.0]").doesNotContain("Filter (");
        assertThat(run("c1 < 100 AND c0 % 2 = 0", "c1").explained).contains("Filter (", "c1 < 100.0]");
        assertThat(run("c1 < c2 AND c1 < 100", "c1").rows).hasSize(33);
    }

    @Test
    void aLimitStopsAtTheRowsThatAFilterKeeps() {
        Scans limit = Scans.of(table().where("c0 >= 3").select("c0").limit(3));
        assertThat(limit.rows).hasSize(3);
        assertThat(limit.metric("batches")).isOne();
    }

    @Test
    void ofAnOrderWithALimitTheScanReturnsFewRowsMore() {
        Scans first =
                Scans.of(table().where("c1 > 1").select("c0").orderBy("c0").limit(2));
        assertThat(first.rows.toString()).isEqualTo("[[3.0], [6.0]]");
        assertThat(first.explained).contains("PushedTopN: c0 ASC LIMIT 2").doesNotContain("Filter (");
        assertThat(first.metric("numOutputRows")).isBetween(2L, 100L);
        Scans last = Scans.of(
                table().orderBy(expr("c0 + c1").desc(), expr("c2")).offset(1).limit(2));
        assertThat(last.rows.toString()).isEqualTo("[[4294.0,4295.0,4296.0], [4291.0,4292.0,4293.0]]");
        assertThat(last.explained).contains("PushedTopN: (c0 + c1) DESC LIMIT 3");
        Scans left = Scans.of(table().where("ln(c0 + 1) < c1").orderBy("c0").limit(2));
        assertThat(left.rows.toString()).isEqualTo("[[0.0,1.0,2.0], [3.0,4.0,5.0]]");
        assertThat(left.explained).doesNotContain("PushedTopN");
    }

    @Test
    void numbersAreComparedWithEachOtherByTheScan() {
        Scans scan =
                Scans.of(table().where("c1 < c2 AND 2 * c0 >= c2 AND _row > 1").limit(2));
        assertThat(scan.explained)
                .contains("[c1 < c2, (2.0 * CAST(c0 AS double)) >= CAST(c2 AS double), _row > 1]")
                .doesNotContain("Filter (");
        assertThat(scan.rows.toString()).isEqualTo("[[6.0,7.0,8.0], [9.0,10.0,11.0]]");
        Scans counted = Scans.of(table().where("c1 < c0 OR c0 = c2").selectExpr("count(*)"));
        assertThat(counted.rows.toString()).isEqualTo("[[0]]");
        assertThat(counted.explained).contains("PushedAggregates");
    }

    @Test
    void hiddenColumnsAloneOpenNothing() {
        Scans scan = Scans.of(table().selectExpr("_archive", "_row", "_entry"));
        assertThat(scan.rows).hasSize(5 * ROWS);
        assertThat(scan.metric("arraysOpened")).isZero();
        assertThat(scan.metric("bytesMapped")).isZero();
        assertThat(table().columns()).containsExactly("c0", "c1", "c2");
    }

    @Test
    void limitAndOffsetReadNoMoreThanTheirRows() {
        Scans limit = Scans.of(table().select("c0").limit(15));
        assertThat(limit.rows.stream().mapToLong(row -> (long) row.getFloat(0)))
                .containsExactlyElementsOf(
                        LongStream.range(0, 15).map(i -> 3 * i).boxed().toList());
        assertThat(limit.explained).contains("PushedLimit: 15").doesNotContain("CollectLimit");
        assertThat(limit.metric("arraysOpened")).isEqualTo(2);
        Scans both = Scans.of(table().select("c0").offset(195).limit(10));
        assertThat(both.rows.stream().mapToLong(row -> (long) row.getFloat(0)))
                .containsExactlyInAnyOrder(1285L, 1288L, 1291L, 1294L, 1297L, 2000L, 2003L, 2006L, 2009L, 2012L);
        assertThat(both.explained).contains("PushedLimit: 10, PushedOffset: 195");
        assertThat(both.metric("arraysOpened")).isEqualTo(2);
        assertThat(Scans.of(table().select("c0").limit(7).offset(5)).rows).hasSize(2);
        assertThat(Scans.of(table().select("c0").offset(499)).rows).hasSize(1);
        assertThat(Scans.of(table().where("c0 >= 4000").select("c0").limit(3)).rows)
                .hasSize(3);
    }

    @Test
    void rowsAreCountedByTheHeadersAlone() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Zips.corrupt(Zips.stored(broken.resolve("x.zip"), "x.dat", Zips.floats(30, 0)));
        Scans all = Scans.of(table().groupBy().count());
        assertThat(all.rows).singleElement().hasToString("[500]");
        assertThat(all.explained).contains("PushedAggregates: [COUNT(*)]");
        Dataset<Row> raw = SPARK.session()
                .read()
                .format("zipmap")
                .option("dtype", "float32")
                .load(broken.toString());
        assertThat(raw.count()).isEqualTo(30);
        assertThat(table().where("_row < 5 AND _entry IS NOT NULL").count()).isEqualTo(20);
        List<Row> groups = table().where("_row < 7").groupBy("_entry").count().collectAsList();
        assertThat(groups)
                .extracting(Row::toString)
                .containsExactlyInAnyOrder("[e0.npy,14]", "[e1.npy,14]", "[null,7]");
        assertThat(table().where("c0 < 30").count()).isEqualTo(10);
        assertThat(table().where("_row > 1000").count()).isZero();
    }

    @Test
    void aJoinNarrowsTheScanAtRunTime() {
        String names = folder.resolve("names.parquet").toString();
        SPARK.session()
                .range(5)
                .selectExpr("concat('e', id, '.npy') AS name", "id")
                .write()
                .parquet(names);
        SPARK.session().conf().set("spark.sql.adaptive.enabled", "false");
        try {
            Dataset<Row> wanted = SPARK.session().read().parquet(names).where("id = 1");
            Dataset<Row> elements = table().selectExpr("c0", "_entry");
            Scans scan = Scans.of(elements.join(wanted, elements.col("_entry").equalTo(wanted.col("name")))
                    .groupBy()
                    .sum("c0"));
            double sum = LongStream.range(0, ROWS).map(r -> 1000 + 3000 + 6 * r).sum();
            assertThat(scan.rows.get(0).getDouble(0)).isEqualTo(sum);
            assertThat(scan.explained).contains("RuntimeFilters: [dynamicpruningexpression");
            assertThat(scan.metric("arraysOpened")).isEqualTo(20);
        } finally {
            SPARK.session().conf().unset("spark.sql.adaptive.enabled");
        }
    }

    @Test
    void theOptimiserIsToldTheExactSize() {
        var statistics = table().where("_row < 10")
                .select("c1")
                .queryExecution()
                .optimizedPlan()
                .stats();
        assertThat(statistics.rowCount().get()).hasToString("50");
        assertThat(statistics.sizeInBytes().toLong()).isEqualTo(200);
    }

    @Test
    void secretsInFilterTextsAreNotShown() {
        assertThat(run("_archive = 's3a://key:secret@bucket/x.zip'", "c0").explained)
                .contains("s3a://bucket/x.zip")
                .doesNotContain("secret");
    }
}
