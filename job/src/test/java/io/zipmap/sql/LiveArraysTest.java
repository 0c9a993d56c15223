package io.zipmap.sql;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.store.NodeScratch;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table {@code arrays} of the data source. */
class LiveArraysTest {
    private static final long BYTES = 100 * 4;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    Path folder;

    private Path in;

    /** Three deflated archives of three arrays, one stored archive of other dtypes, and a bare array: 12 arrays. */
    @BeforeEach
    void write() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        for (int a = 0; a < 3; a++) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(in.resolve("d" + a + ".npz")))) {
                for (String name : List.of("x", "y", "z")) {
                    Zips.add(zip, false, name + ".npy", Zips.npy(100, a, 25, 4));
                }
            }
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(in.resolve("s.npz")))) {
            Zips.add(zip, true, "s.npy", Zips.npy("[('a', '<i2'), ('b', '<U2', (3,))]", new byte[52], 2));
            Zips.add(zip, true, "t.npy", Zips.npy(">M8[ns]", new byte[8]));
        }
        Files.write(in.resolve("v.npy"), Zips.npy(6, 0, 1, 2, 3));
    }

    private DataFrameReader reader() {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("table", "arrays")
                .option("scratch", folder.resolve("scratch").toString());
    }

    private Dataset<Row> load() {
        return reader().load(in.toString());
    }

    @Test
    void itHasTheRowsOfThePublishedTable() throws IOException {
        Run run = Run.of(SPARK.session(), Option.INPUT, in, Option.SCRATCH, folder.resolve("of-run"));
        List<String> columns = List.of(load().columns());
        assertThat(columns)
                .doesNotContain("local_reads", "healed_reads", "removed")
                .hasSize(run.arrays.get(0).size() - 3);
        Dataset<Row> published = SPARK.session()
                .createDataFrame(run.arrays, run.arrays.get(0).schema())
                .drop("local_reads", "healed_reads", "removed");
        assertThat(load().schema()).isEqualTo(published.schema());
        Dataset<Row> live = load();
        assertThat(live.drop("path").collectAsList())
                .hasSize(12)
                .containsExactlyInAnyOrderElementsOf(published.drop("path").collectAsList());
        assertThat(live.select("archive", "entry", "path", "placed").collectAsList())
                .allSatisfy(row -> assertThat(Path.of(row.getString(2)))
                        .isRegularFile()
                        .matches(path -> row.getString(3).equals("in_place") == path.startsWith(in)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    entry = 'x.npy'                                | 3
                    _entry LIKE 'x%' AND _archive LIKE '%d1.npz'   | 1
                    entry IS NULL                                  | 1
                    entry <> 'x.npy'                               | 8
                    method = 'stored' AND entry IS NOT NULL        | 2
                    bytes > 50 AND bytes <= 400                    | 10
                    entry_index IN (1, 2)                          | 7
                    NOT (rows < 25 OR dtype <> 'float32')          | 9
                    crc32 IS NULL                                  | 1
                    archive = 'file:///nowhere'                    | 0
                    """)
    void filtersOnHeadersChooseArraysBeforeTheyAreExtracted(String where, int rows) {
        Scans scan = Scans.of(load().where(where).select("path"));
        assertThat(scan.rows).hasSize(rows);
        assertThat(scan.explained).doesNotContain("Filter (");
        assertThat(scan.metric("arraysOpened")).isEqualTo(rows);
        assertThat(load().where(where).count()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFilterOnHeadersThatSparkEvaluatesActsBeforeTheExtractionToo(String wholeStage) {
        SPARK.session().conf().set("spark.sql.codegen.wholeStage", wholeStage);
        Scans scan =
                Scans.of(load().where("size(shape) = 2 AND entry LIKE 'x%'").select("path", "shape"));
        SPARK.session().conf().set("spark.sql.codegen.wholeStage", "false");
        assertThat(scan.explained).contains("Filter (");
        assertThat(scan.rows).hasSize(3).allMatch(row -> row.getList(1).equals(List.of(25L, 4L)));
        assertThat(scan.metric("bytesExtracted")).isEqualTo(3 * BYTES);
    }

    @Test
    void whatHeadersTellExtractsNothing() {
        Scans scan = Scans.of(load().drop("path", "host", "offset", "file_bytes", "placed")
                .selectExpr("*", "_archive", "_entry", "input_file_name() f"));
        assertThat(scan.rows)
                .hasSize(12)
                .allMatch(row -> row.get(0).equals(row.<String>getAs("_archive"))
                        && row.get(0).equals(row.<String>getAs("f")));
        assertThat(scan.explained).contains("zipmap arrays (12 arrays)", "headers only");
        assertThat(scan.metric("bytesExtracted") + scan.metric("arraysOpened")).isZero();
        Scans count = Scans.of(load().where("rows = 25").groupBy().count());
        assertThat(count.rows).singleElement().hasToString("[9]");
        assertThat(count.explained).contains("PushedAggregates: [COUNT(*)]");
        assertThat(load().selectExpr("count(DISTINCT dtype)").head().getLong(0)).isEqualTo(3);
        assertThat(folder.resolve("scratch")).doesNotExist();
    }

    @Test
    void limitAndOffsetExtractNoMoreThanTheirArrays() {
        Scans limit = Scans.of(load().limit(5));
        assertThat(limit.rows).hasSize(5);
        assertThat(limit.explained).contains("PushedLimit: 5").doesNotContain("CollectLimit");
        assertThat(limit.metric("arraysOpened")).isEqualTo(5);
        assertThat(limit.metric("bytesExtracted")).isEqualTo(5 * BYTES);
        Scans both = Scans.of(load().where("rows = 25").offset(4).limit(3));
        assertThat(both.rows).extracting(row -> row.getAs("entry")).containsExactly("y.npy", "z.npy", "x.npy");
        assertThat(both.metric("arraysOpened")).isEqualTo(3);
        assertThat(Scans.of(load().offset(11)).rows).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theFirstOfAnOrderOfHeadersExtractNoMoreThanTheirArrays(boolean descending) {
        Column entry = descending ? col("entry").desc() : col("entry").asc();
        Scans top = Scans.of(load().orderBy(entry, col("archive").desc()).limit(4));
        Dataset<Row> sorted = load().drop("path", "host", "offset", "file_bytes", "placed")
                .sort(entry, col("archive").desc());
        assertThat(top.rows)
                .extracting(row -> row.<String>getAs("archive"), row -> row.<String>getAs("entry"))
                .isEqualTo(sorted.collectAsList().stream()
                        .limit(4)
                        .map(row -> tuple(row.<String>getAs("archive"), row.<String>getAs("entry")))
                        .toList());
        assertThat(top.metric("arraysOpened")).isEqualTo(4);
        assertThat(Scans.of(load().orderBy("path").limit(2)).metric("arraysOpened"))
                .isEqualTo(12);
    }

    @Test
    void aJoinNarrowsTheArraysBeforeTheyAreExtracted() {
        String names = folder.resolve("names.parquet").toString();
        SPARK.session()
                .range(5)
                .selectExpr("concat('s', id) AS label", "if(id = 1, 'y.npy', 'x') AS name")
                .write()
                .parquet(names);
        Dataset<Row> wanted =
                SPARK.session().read().parquet(names).where("label = 's1'").hint("broadcast");
        Dataset<Row> arrays = load().select("entry", "path");
        Scans joined = Scans.of(arrays.join(wanted, arrays.col("entry").equalTo(wanted.col("name"))));
        assertThat(joined.rows).hasSize(3);
        assertThat(joined.explained).contains("RuntimeFilters: [dynamicpruningexpression");
        assertThat(joined.metric("arraysOpened")).isEqualTo(3);
    }

    @Test
    void filesAreExtractedOnceAndHealedWhenTheyAreDamaged() throws IOException {
        Dataset<Row> table = load().where("entry = 'x.npy'");
        Scans first = Scans.of(table);
        assertThat(first.metric("bytesExtracted")).isEqualTo(3 * BYTES);
        Scans second = Scans.of(table);
        assertThat(second.rows).isEqualTo(first.rows);
        assertThat(second.metric("filesReused")).isEqualTo(3);
        assertThat(second.metric("bytesExtracted")).isZero();
        Path file = Path.of(first.rows.get(0).<String>getAs("path"));
        byte[] content = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, new byte[10]);
        Scans healed = Scans.of(table);
        assertThat(healed.metric("arraysHealed")).isEqualTo(1);
        assertThat(healed.rows).isEqualTo(first.rows);
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void aBadArchiveFailsTheQueryOrIsLeftOut() throws IOException {
        Path raw = Files.createDirectory(folder.resolve("raw"));
        Zips.corrupt(Zips.stored(raw.resolve("a-bad.zip"), "x.dat", Zips.floats(100, 0)));
        for (int i = 0; i < 3; i++) {
            Zips.deflated(raw.resolve("good" + i + ".zip"), "x.dat", Zips.floats(100, i));
        }
        DataFrameReader failing = reader().option("dtype", "float32");
        Dataset<Row> all = failing.load(raw.toString());
        assertThat(Errors.named(Condition.CRC_MISMATCH, () -> all.select("path").collectAsList()))
                .hasMessageContaining("a-bad.zip; entry: x.dat");
        assertThat(all.select("archive", "bytes").collectAsList()).hasSize(4);
        assertThat(all.where("archive LIKE '%good%'").select("path").collectAsList())
                .hasSize(3);
        Dataset<Row> good = reader().option("dtype", "float32")
                .option("onError", "quarantine")
                .load(raw.toString());
        Scans left = Scans.of(good.select("path"));
        assertThat(left.rows).hasSize(3);
        assertThat(left.metric("arraysLeftOut")).isEqualTo(1);
        Scans limited = Scans.of(good.select("archive", "path").limit(2));
        assertThat(limited.rows).hasSize(2).noneMatch(row -> row.getString(0).contains("bad"));
        assertThat(limited.explained).contains("Limit");
        assertThat(good.selectExpr("count(path)").first()).hasToString("[3]");
        assertThat(good.where("path IS NOT NULL").count()).isEqualTo(3);
        Zips.truncate(Zips.deflated(raw.resolve("cut.zip"), "x.dat", Zips.floats(100, 0)));
        Errors.named(Condition.ARCHIVE_TRUNCATED, () -> failing.load(raw.toString()));
        assertThat(good.select("path").collectAsList()).hasSize(3);
    }

    @Test
    void eachQuerySeesArchivesThatChangedAlsoOneOfAnotherDtype() throws IOException {
        Dataset<Row> held =
                load().where("archive LIKE '%/a-new.npz' OR entry = 't.npy'").select("dtype", "path");
        assertThat(held.collectAsList())
                .singleElement()
                .matches(row -> row.getString(0).equals(">M8[ns]"));
        Zips.stored(in.resolve("a-new.npz"), "w.npy", Zips.npy("|b1", new byte[3], 3));
        assertThat(held.collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("bool", ">M8[ns]");
        Files.delete(in.resolve("a-new.npz"));
        Errors.named(Condition.SOURCE_MISSING, held::collectAsList);
        assertThat(held.collectAsList()).hasSize(1);
    }

    @Test
    void theFirstOfAnOrderAreChosenAgainAfterArchivesChanged() throws IOException {
        Dataset<Row> first =
                load().select("archive", "path").orderBy(col("archive").desc()).limit(2);
        assertThat(first.collectAsList())
                .extracting(row -> Path.of(row.getString(0)).getFileName().toString())
                .containsExactly("v.npy", "s.npz");
        Files.write(in.resolve("w.npy"), Zips.npy(6, 0, 1, 2, 3));
        assertThat(first.collectAsList())
                .extracting(row -> Path.of(row.getString(0)).getFileName().toString())
                .containsExactly("w.npy", "v.npy");
    }

    @Test
    void overTheOutputOfARunItHasTheArraysOfTheRun() throws IOException {
        Path output = folder.resolve("out");
        Run.of(SPARK.session(), Option.INPUT, in, Option.OUTPUT, output, Option.ENTRIES, "x,t");
        Dataset<Row> table = reader().load(output.toString());
        List<Row> rows = table.select("archive", "entry", "dtype", "method", "crc32", "version", "path")
                .collectAsList();
        assertThat(rows).hasSize(4);
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(load().where("entry IN ('x.npy', 't.npy')")
                        .select("archive", "entry", "dtype", "method", "crc32", "version", "path")
                        .collectAsList());
    }

    @Test
    void aKeptFileOfARowIsNotRemovedToMakeRoom() throws IOException {
        Dataset<Row> table = reader().option("keepScratch", true)
                .option("scratchBudget", 3 * BYTES + 500)
                .load(in.toString());
        Row one = table.where("entry = 'x.npy' AND archive LIKE '%d0.npz'")
                .select("path")
                .head();
        for (String entry : List.of("y.npy", "z.npy")) {
            SPARK.session()
                    .read()
                    .format("zipmap")
                    .option("keepScratch", true)
                    .option("scratch", folder.resolve("scratch").toString())
                    .option("scratchBudget", 3 * BYTES + 500)
                    .option("entries", entry)
                    .load(in.toString())
                    .where("c0 >= 0")
                    .collectAsList();
        }
        assertThat(Path.of(one.getString(0))).isRegularFile();
        NodeScratch.closeAll();
    }
}
