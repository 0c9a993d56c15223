package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SettledFilesExtension;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zone maps save reading, as the metrics of the scan show. */
@ExtendWith(SettledFilesExtension.class)
class ZoneMapsTest {
    private static final int ROWS = 2000;

    /** The size of a slice with blocks of two rows and 256 rows: an array has 8 slices and 1000 blocks. */
    private static final int SLICE_BYTES = 2048;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    /** Two sorted arrays of two columns; row r of array n has 10000 n + 2 r and the next number. */
    @BeforeAll
    static void write() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("sorted.npz")))) {
            for (int n = 0; n < 2; n++) {
                Zips.add(zip, n == 0, "e" + n + ".npy", Zips.npy(ROWS * 2, 10_000 * n, ROWS, 2));
            }
        }
    }

    private static Dataset<Row> table() {
        return table(folder.resolve("sorted.npz"), SLICE_BYTES);
    }

    private static Dataset<Row> table(Path file, int sliceBytes) {
        return session()
                .read()
                .format("zipmap")
                .option("sliceBytes", sliceBytes)
                .load(file.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    c0 >= 10000 AND c0 < 10100 | 50   | 1975
                    c1 = 3999                  | 1    | 1999
                    c1 = 4001                  | 0    | 2000
                    c0 IN (0, 2, 13998)        | 3    | 1998
                    4000 > c0                  | 2000 | 1000
                    c0 < 4 OR c1 > 13995       | 4    | 1998
                    NOT (c0 < 13000) AND c1 > 0| 500  | 1750
                    c0 = c1                    | 0    | 0
                    c0 > -5                    | 4000 | 0
                    """)
    void blocksThatCannotHoldAWantedRowAreSkipped(String where, int rows, int skipped) {
        Scans scan = Scans.of(table().where(where).selectExpr("c1 - c0"));
        assertThat(scan.rows).hasSize(rows).allMatch(row -> row.getFloat(0) == 1);
        assertThat(scan.metric("blocksSkipped")).isEqualTo(skipped);
        assertThat(scan.explained.contains("Filter (")).isFalse();
    }

    @Test
    void whatIsSkippedIsNotMappedOnceTheZoneMapsAreThere() {
        Dataset<Row> few = table().where("c0 >= 10000 AND c0 < 10100").select("c1");
        Scans first = Scans.of(few);
        Scans second = Scans.of(few.selectExpr("*"));
        assertThat(second.rows).isEqualTo(first.rows).hasSize(50);
        assertThat(second.metric("blocksSkipped")).isEqualTo(1975);
        assertThat(second.metric("bytesMapped")).isPositive().isLessThan(2 * SLICE_BYTES);
        assertThat(Scans.of(table().select("c1")).metric("bytesMapped")).isEqualTo(2 * ROWS * 2 * 4);
        assertThat(second.explained)
                .contains("PushedFilters: [c0 >= 10000.0, c0 < 10100.0], ZoneFilters: [c0 >= 10000.0, c0 < 10100.0]")
                .doesNotContain("PushedLimit");
    }

    @Test
    void wholeSlicesAreAggregatedWithoutAPageOfTheArray() {
        Dataset<Row> sums = table().selectExpr("min(c0)", "max(c1)", "avg(c0)", "count(c1)", "sum(c1)");
        String expected = "[0.0,13999.0,6999.0,4000," + (7000.0 * 4000) + "]";
        assertThat(Scans.of(sums).rows).singleElement().hasToString(expected);
        Scans again = Scans.of(sums.selectExpr("*"));
        assertThat(again.rows).singleElement().hasToString(expected);
        assertThat(again.metric("bytesMapped")).isZero();
        assertThat(again.metric("slicesAggregated")).isEqualTo(16);
        Scans grouped = Scans.of(table().groupBy("_entry").max("c0").orderBy("_entry"));
        assertThat(grouped.rows).hasToString("[[e0.npy,3998.0], [e1.npy,13998.0]]");
        assertThat(grouped.metric("bytesMapped")).isZero();
    }

    @Test
    void partsOfSlicesAreReadAsTheyAre() {
        Scans some = Scans.of(
                table().where("_row >= 255 AND _row < 600 AND c0 < 520").select("_row"));
        assertThat(some.rows.stream().mapToLong(row -> row.getLong(0))).containsExactly(255L, 256L, 257L, 258L, 259L);
        assertThat(some.metric("blocksSkipped")).isEqualTo(126 + 128);
        Scans least = Scans.of(table().where("_row >= 3").selectExpr("min(c0)"));
        assertThat(least.rows).singleElement().hasToString("[6.0]");
        assertThat(least.metric("bytesMapped")).isPositive();
    }

    @Test
    void aLimitCountsTheRowsThatThePredicateKeeps() {
        Scans limit = Scans.of(table().where("c0 >= 13000").select("c0").limit(3));
        assertThat(limit.rows).hasSize(3).allMatch(row -> row.getFloat(0) >= 13000);
        assertThat(limit.explained).contains("ZoneFilters: [c0 >= 13000.0]").doesNotContain("PushedLimit");
        assertThat(table().where("c0 >= 13000").offset(498).collectAsList()).hasSize(2);
        assertThat(table().limit(100).where("c0 >= 198").count()).isEqualTo(1);
    }

    @Test
    void aJoinNarrowsTheScanFurther() {
        String names = folder.resolve("names.parquet").toString();
        session()
                .range(3)
                .selectExpr("concat('e', id, '.npy') AS name", "id")
                .write()
                .parquet(names);
        Dataset<Row> wanted = session().read().parquet(names).where("id = 1");
        Dataset<Row> some = table().where("c0 < 10010").selectExpr("c0", "_entry");
        Scans scan = Scans.of(some.join(wanted, some.col("_entry").equalTo(wanted.col("name"))));
        assertThat(scan.rows).hasSize(5);
        assertThat(scan.explained).contains("ZoneFilters: [c0 < 10010.0]", "RuntimeFilters: [dynamicpruning");
        assertThat(scan.metric("blocksSkipped")).isEqualTo(997);
    }

    @Test
    void smallArraysAndColumnsOfArraysHaveNone() throws IOException {
        Path cube = folder.resolve("cube.npy");
        Files.write(cube, Zips.npy(40, 0, 10, 2, 2));
        Scans nested = Scans.of(table(cube, 4096).where("c0[0] > 20").select("c1"));
        assertThat(nested.rows).hasSize(4);
        assertThat(nested.explained).doesNotContain("ZoneFilters");
        Scans small = Scans.of(
                table(folder.resolve("sorted.npz"), 64 << 20).where("c0 < 4").select("c1"));
        assertThat(small.rows).hasSize(2);
        assertThat(small.metric("blocksSkipped")).isZero();
    }

    @Test
    void aBadArrayIsLeftOutBeforeAnyOfItsRows() throws IOException {
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Zips.corrupt(Zips.stored(bad.resolve("x.zip"), "x.dat", Zips.floats(3000, 0)));
        Zips.deflated(bad.resolve("y.zip"), "x.dat", Zips.floats(3000, 0));
        Scans scan = Scans.of(session()
                .read()
                .format("zipmap")
                .option("dtype", "float32")
                .option("sliceBytes", SLICE_BYTES)
                .option("onError", "quarantine")
                .load(bad.toString())
                .where("value > 2900"));
        assertThat(scan.rows).hasSize(99);
        assertThat(scan.metric("arraysLeftOut")).isEqualTo(6);
        assertThat(scan.metric("blocksSkipped")).isEqualTo(1450);
    }

    @Test
    void theFilesLieBesideTheArraysThatTheyAreOf() throws IOException {
        Path scratch = folder.resolve("scratch");
        Dataset<Row> few = session()
                .read()
                .format("zipmap")
                .option("sliceBytes", 1 << 20)
                .option("scratch", scratch.toString())
                .option("inPlace", "never")
                .load(folder.resolve("sorted.npz").toString())
                .where("c0 < 1");
        assertThat(few.count()).isEqualTo(1);
        try (Stream<Path> all = Files.walk(scratch)) {
            List<String> names = all.filter(path -> path.toString().matches(".*\\.(npy|zones)"))
                    .map(path -> path.getFileName().toString().substring(0, 40))
                    .sorted()
                    .toList();
            assertThat(names).hasSize(4);
            assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
            assertThat(names.get(2)).isEqualTo(names.get(3));
        }
    }
}
