package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening the arrays of a run by its tables. */
class FormerOutputTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        Zips.deflated(input.resolve("a.zip"), "x.dat", Zips.floats(12, 0));
        Zips.stored(input.resolve("b.zip"), "y.dat", Zips.floats(20, 100));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(String format) throws IOException {
        return Run.of(
                session(),
                Option.INPUT,
                input,
                Option.OUTPUT,
                output,
                Option.INCREMENTAL,
                "true",
                Option.TABLE_FORMAT,
                format,
                Option.DTYPE,
                ">f4",
                Option.SHAPE,
                "2,-1",
                Option.ORDER,
                "F",
                Option.ENTRIES,
                "x*",
                Option.SQL,
                "SELECT count(*) FROM arrays");
    }

    private static DataFrameReader reader() {
        return session().read().format("zipmap");
    }

    private Dataset<Row> load() {
        return reader().load(output.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void theArraysTableStatesTheLayoutOfEachArray(String format) throws IOException {
        run(format);
        Dataset<Row> archives = reader().option("dtype", ">f4")
                .option("shape", "2,-1")
                .option("order", "F")
                .load(input.resolve("a.zip").toString());
        assertThat(load().schema()).isEqualTo(archives.schema());
        assertThat(load().columns()).hasSize(6);
        assertThat(load().collectAsList()).isEqualTo(archives.collectAsList()).hasSize(2);
        assertThat(load().select("_archive", "_entry", "_row").collectAsList())
                .isEqualTo(archives.select("_archive", "_entry", "_row").collectAsList());
    }

    @Test
    void planningOpensNoArchiveButEveryQueryNamesAMissingOne() throws IOException {
        run("parquet");
        Dataset<Row> held = load();
        byte[] archive = Files.readAllBytes(input.resolve("a.zip"));
        FileTime time = Files.getLastModifiedTime(input.resolve("a.zip"));
        Files.write(input.resolve("a.zip"), new byte[archive.length]);
        Files.setLastModifiedTime(input.resolve("a.zip"), time);
        assertThat(load().count()).isEqualTo(2).isEqualTo(held.count());
        Files.delete(input.resolve("a.zip"));
        allFail(Condition.SOURCE_MISSING, held);
        allFail(Condition.SOURCE_MISSING, load());
        Files.write(input.resolve("a.zip"), archive);
        Files.setLastModifiedTime(input.resolve("a.zip"), time);
        assertThat(held.select("c0").collectAsList()).hasSize(2);
        assertThat(held.count()).isEqualTo(2);
    }

    private static void allFail(Condition condition, Dataset<Row> table) {
        List<ThrowingCallable> answers = List.of(
                table::count,
                table::isEmpty,
                () -> table.where("_row = 1").count(),
                () -> table.groupBy("_archive").count().collectAsList(),
                () -> table.limit(1).collectAsList(),
                () -> table.selectExpr("max(c0)").collectAsList(),
                () -> table.select("c0").collectAsList());
        for (ThrowingCallable answer : answers) {
            assertThat(Errors.named(condition, answer)).hasMessageContaining("a.zip");
        }
        assertThat(table.where("_archive LIKE '%/other.zip'").count()).isZero();
    }

    @Test
    void onlyTheVersionInTheTableIsRead() throws IOException {
        run("parquet");
        Dataset<Row> held = load();
        Zips.deflated(input.resolve("a.zip"), "x.dat", Zips.floats(24, 0));
        allFail(Condition.SOURCE_CHANGED, held);
        allFail(Condition.SOURCE_CHANGED, load());
        run("parquet");
        assertThat(load().columns()).hasSize(12);
        Errors.named(Condition.COLUMNS_CHANGED, held::count);
    }

    @Test
    void aDatasetReadsTheRowsOfTheNextRun() throws IOException {
        run("parquet");
        Dataset<Row> held = load();
        assertThat(held.count()).isEqualTo(2);
        Zips.deflated(input.resolve("c.zip"), "x.dat", Zips.floats(12, 50));
        run("parquet");
        assertThat(held.count()).isEqualTo(4);
        assertThat(held.select("c0").collectAsList()).hasSize(4);
        Files.delete(input.resolve("c.zip"));
        Errors.named(Condition.SOURCE_MISSING, held::count);
        run("parquet");
        assertThat(held.count()).isEqualTo(2);
    }

    @Test
    void arraysOfRemovedArchivesHaveNoRows() throws IOException {
        Files.move(input.resolve("b.zip"), folder.resolve("b.zip"));
        Zips.deflated(input.resolve("c.zip"), "x.dat", Zips.floats(12, 50));
        run("parquet");
        assertThat(load().count()).isEqualTo(4);
        Files.delete(input.resolve("c.zip"));
        assertThat(run("parquet").arrays).hasSize(2);
        assertThat(load().select("_archive", "c0").collectAsList())
                .hasSize(2)
                .allMatch(row -> row.getString(0).endsWith("/a.zip"));
    }

    @Test
    void optionsMayNarrowButNotContradictTheTable() throws IOException {
        run("parquet");
        assertThat(reader().option("columns", "u,v,...").load(output.toString()).columns())
                .containsExactly("u", "v");
        Errors.named(
                Condition.ENTRIES_UNMATCHED,
                () -> reader().option("entries", "z*").load(output.toString()));
        assertThat(Errors.named(
                        Condition.OPTION_INVALID,
                        () -> reader().option("dtype", "float64").load(output.toString())))
                .hasMessageContaining("--dtype: the former run differs");
        assertThat(Errors.named(Condition.OPTION_INVALID, () -> reader().load(output.toString(), input.toString())))
                .hasMessageContaining("together with other inputs");
    }

    @Test
    void anArchiveOutsideTheAllowedRootsIsNotOpenedByItsRowEither() throws IOException {
        run("parquet");
        String key = Option.ALLOWED_ROOTS.property();
        session().conf().set(key, output.toString());
        try {
            assertThat(Errors.named(Condition.INPUT_NOT_ALLOWED, this::load)).hasMessageContaining("a.zip");
            session().conf().set(key, folder.toString());
            assertThat(load().count()).isEqualTo(2);
        } finally {
            session().conf().unset(key);
        }
    }

    @Test
    void anOutputWithoutTheColumnsIsNamed() throws IOException {
        for (String table : RunOutput.TABLES) {
            session().range(1).write().parquet(output.resolve(table).toString());
        }
        assertThat(Errors.named(Condition.INPUT_UNREADABLE, this::load)).hasMessageContaining("archive_bytes");
    }

    private List<Row> result(Object... more) throws IOException {
        Path results = folder.resolve("results");
        Run.of(
                session(),
                TestOptions.of(Option.INPUT, input, Option.DTYPE, "float32", Option.SQL_OUTPUT, results)
                        .and(more));
        return session().read().parquet(results + "/query-1").collectAsList();
    }

    @Test
    void aRunHasItsArraysAsAView() throws IOException {
        String query = "SELECT count(*) AS n, sum(value) AS s, (SELECT count(*) FROM Elements) AS m FROM elements";
        Row row = result(Option.SHAPE, "-1", Option.SQL, query).get(0);
        assertThat(row.getLong(0)).isEqualTo(32).isEqualTo(row.getLong(2));
        assertThat(row.getDouble(1)).isEqualTo(12 * 11 / 2.0 + 20 * 100 + 20 * 19 / 2.0);
    }

    @Test
    void theViewOfAPublishedRunIsOverItsOutput() throws IOException {
        Files.writeString(input.resolve("bad.zip"), "no archive at all, only a little text");
        Row row = result(Option.OUTPUT, output, Option.SQL, "WITH e AS (SELECT * FROM elements) SELECT count(*) FROM e")
                .get(0);
        assertThat(row.getLong(0)).isEqualTo(32);
    }

    @Test
    void theViewIsMadeOnlyIfAQueryNamesIt() throws IOException {
        Zips.deflated(input.resolve("wide.npz"), "z.npy", Zips.npy(18, 0, 3, 6));
        assertThat(result(Option.SQL, "SELECT entry AS elements FROM arrays WHERE entry <> 'elements'"))
                .hasSize(3);
        Errors.named(
                Condition.ARRAYS_DISAGREE,
                () -> Run.of(
                        session(),
                        Option.INPUT,
                        input,
                        Option.DTYPE,
                        "float32",
                        Option.OUTPUT,
                        output,
                        Option.SQL,
                        "SELECT * FROM elements"));
        assertThat(session().catalog().tableExists("elements")).isFalse();
    }
}
