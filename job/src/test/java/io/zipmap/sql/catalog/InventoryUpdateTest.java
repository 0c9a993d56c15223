package io.zipmap.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zipmap.Condition;
import io.zipmap.plan.RunningStatement;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries on a loaded table see archives that are replaced, deleted or added later. */
class InventoryUpdateTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    /** Queries of several kinds, by name, each of which returns the number of rows of a table. */
    private static final Map<String, Function<Dataset<Row>, Long>> ANSWERS = new LinkedHashMap<>();

    static {
        ANSWERS.put("count", Dataset::count);
        ANSWERS.put("count of a column", d -> one(d.agg(functions.count(d.col("value")))));
        ANSWERS.put("rows", d -> d.where("_row >= 2").count() + 2);
        ANSWERS.put("groups", d -> one(d.groupBy("_archive").count().agg(functions.sum("count"))));
        ANSWERS.put("highest row", d -> one(d.agg(functions.max(d.col("_row")))) + 1);
        ANSWERS.put("limit", d -> (long) d.limit(100).collectAsList().size());
        ANSWERS.put(
                "hidden columns", d -> (long) d.select("_row").collectAsList().size());
        ANSWERS.put("names", d -> d.where("_archive LIKE '%a.np_'").count());
        ANSWERS.put(
                "offset", d -> (long) d.select("_row").offset(2).collectAsList().size() + 2);
        ANSWERS.put("no rows", d -> d.isEmpty() ? 0L : d.count());
        ANSWERS.put(
                "highest value", d -> one(d.agg(functions.max(d.col("value")).cast("bigint"))) + 1);
        ANSWERS.put("collect", d -> (long) d.select("value").collectAsList().size());
        ANSWERS.put("held", d -> (long) d.collectAsList().size());
        ANSWERS.put("join", d -> d.alias("l").join(d.alias("r"), "value").count());
    }

    private static long one(Dataset<Row> answer) {
        return answer.collectAsList().get(0).getLong(0);
    }

    /** The form in which an archive stores its array. */
    private enum Form {
        DEFLATED("a.npz"),
        STORED("a.npz"),
        BARE("a.npy");

        private final String file;

        Form(String file) {
            this.file = file;
        }

        Path write(Path folder, int rows) throws IOException {
            Path path = folder.resolve(file);
            byte[] array = Zips.npy(rows, 0, rows);
            return switch (this) {
                case DEFLATED -> Zips.deflated(path, "x.npy", array);
                case STORED -> Zips.stored(path, "x.npy", array);
                case BARE -> Files.write(path, array);
            };
        }
    }

    @TempDir
    Path base;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(base.resolve("in"));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private Dataset<Row> load() {
        return session().read().format("zipmap").load(folder.toString());
    }

    @Test
    void aStatementListsTheArchivesOnce() throws IOException {
        Form.DEFLATED.write(folder, 5);
        SparkContext spark = session().sparkContext();
        try (RunningStatement statement = RunningStatement.begin(spark)) {
            Dataset<Row> table = load();
            Form.BARE.write(folder, 2);
            assertThat(table.count()).isEqualTo(5);
            assertThat(load().count()).isEqualTo(7);
        }
        assertThat(RunningStatement.current(spark)).isNull();
        Dataset<Row> table = load();
        Files.delete(folder.resolve(Form.BARE.file));
        assertThat(catchThrowable(table::count)).hasMessageContaining("SOURCE_MISSING");
    }

    /** A DataFrame that is collected again, for which Spark makes no new plan. */
    @ParameterizedTest
    @EnumSource
    void aDataFrameThatIsCollectedAgainSeesChangedArchives(Form form) throws IOException {
        Path archive = form.write(folder, 5);
        Dataset<Row> table = load();
        Dataset<Row> count = table.groupBy().count();
        Dataset<Row> sum = table.agg(functions.sum("value"), functions.max(table.col("_row")));
        Dataset<Row> groups = table.groupBy("_archive").agg(functions.max("value"));
        Dataset<Row> none = table.where("_row >= 5").select("value");
        Dataset<Row> limit = table.limit(7);
        assertThat(table.collectAsList()).hasSize(5);
        assertThat(count.collectAsList()).hasToString("[[5]]");
        assertThat(sum.collectAsList()).hasToString("[[10.0,4]]");
        assertThat(groups.collectAsList()).hasSize(1);
        assertThat(none.collectAsList()).isEmpty();
        assertThat(limit.collectAsList()).hasSize(5);
        form.write(folder, 8);
        Files.write(folder.resolve("b.npy"), Zips.npy(6, 100, 6));
        for (int i = 0; i < 2; i++) {
            assertThat(table.collectAsList()).hasSize(14);
            assertThat(count.collectAsList()).hasToString("[[14]]");
            assertThat(none.collectAsList()).hasToString("[[5.0], [6.0], [7.0], [105.0]]");
            assertThat(limit.collectAsList()).hasSize(7);
        }
        // Spark reuses the rows of a shuffle.
        for (Dataset<Row> kept : List.of(sum, groups)) {
            assertThat(Errors.named(Condition.SOURCE_CHANGED, kept::collectAsList))
                    .hasMessageContaining("archive: /")
                    .hasMessageEndingWith("Create the query again from its table.");
        }
        Files.delete(folder.resolve("b.npy"));
        Errors.named(Condition.SOURCE_MISSING, count::collectAsList);
        assertThat(table.collectAsList()).hasSize(8);
        assertThat(count.collectAsList()).hasToString("[[8]]");
        Files.delete(archive);
        Errors.named(Condition.SOURCE_MISSING, table::collectAsList);
        Errors.named(Condition.SOURCE_MISSING, count::collectAsList);
    }

    @Test
    void cachedRowsDoNotChange() throws IOException {
        Form.STORED.write(folder, 5);
        Dataset<Row> cached = load().select("value").cache();
        assertThat(cached.count()).isEqualTo(5);
        Form.STORED.write(folder, 8);
        assertThat(cached.count()).isEqualTo(5);
        assertThat(cached.collectAsList()).hasSize(5);
        cached.unpersist();
        assertThat(load().count()).isEqualTo(8);
    }

    private static void assertAllCount(Dataset<Row> table, long rows) {
        ANSWERS.forEach(
                (kind, answer) -> assertThat(answer.apply(table)).as(kind).isEqualTo(rows));
    }

    @ParameterizedTest
    @EnumSource
    void everyQueryReadsTheCurrentArchives(Form form) throws IOException {
        form.write(folder, 5);
        Dataset<Row> held = load();
        session()
                .sql("CREATE OR REPLACE TEMPORARY VIEW changed USING zipmap OPTIONS (provenance 'true', path '" + folder
                        + "')");
        assertAllCount(held, 5);
        form.write(folder, 8);
        assertAllCount(held, 8);
        assertAllCount(session().table("changed"), 8);
        form.write(folder, 3);
        session().sql("REFRESH TABLE changed");
        assertAllCount(session().sql("SELECT * FROM changed"), 3);
        session().catalog().refreshTable("changed");
        session().catalog().refreshByPath(folder.toString());
        assertAllCount(held, 3);
    }

    @ParameterizedTest
    @EnumSource
    void everyQueryNamesAMissingArchive(Form form) throws IOException {
        Path archive = form.write(folder, 5);
        Dataset<Row> held = load();
        assertAllCount(held, 5);
        Files.delete(archive);
        ANSWERS.forEach((kind, answer) -> assertThat(Errors.named(Condition.SOURCE_MISSING, () -> answer.apply(held)))
                .as(kind)
                .hasMessageContaining(form.file));
        form.write(folder, 6);
        assertAllCount(held, 6);
    }

    @Test
    void changedFilesAreTreatedAsParquetTreatsThem() throws IOException {
        Form.DEFLATED.write(folder, 5);
        String parquet = base.resolve("parquet").toString();
        session().range(5).coalesce(1).write().parquet(parquet);
        Dataset<Row> held = load();
        Dataset<Row> peer = session().read().parquet(parquet);
        assertThat(held.count()).isEqualTo(peer.count());
        Form.DEFLATED.write(folder, 8);
        session().range(8).coalesce(1).write().mode(SaveMode.Overwrite).parquet(parquet);
        peer = session().read().parquet(parquet);
        assertThat(held.count()).isEqualTo(peer.count()).isEqualTo(8);
        Files.delete(folder.resolve("a.npz"));
        try (var files = Files.newDirectoryStream(Path.of(parquet), "*.parquet")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        assertThat(catchThrowable(peer::count)).hasStackTraceContaining("FILE_NOT_EXIST");
        Errors.named(Condition.SOURCE_MISSING, held::count);
    }

    @Test
    void anAddedArchiveIsReadAndAMissingOneIsReportedOnce() throws IOException {
        Form.STORED.write(folder, 5);
        Dataset<Row> held = load();
        Path added = Files.write(folder.resolve("b.npy"), Zips.npy(7, 100, 7));
        assertThat(held.count()).isEqualTo(12);
        assertThat(held.agg(functions.sum("value")).collectAsList()).hasToString("[[731.0]]");
        Files.delete(added);
        held.createOrReplaceTempView("told");
        assertThat(session().sql("EXPLAIN SELECT * FROM told").collectAsList().toString())
                .contains("fails: [ZIPMAP_SOURCE_MISSING]");
        assertThat(Errors.named(Condition.SOURCE_MISSING, held::count))
                .hasMessageContaining("b.npy; archive: /")
                .hasMessageContaining("1 archives of the table are missing, 1 exist. Run the query again");
        assertAllCount(held, 5);
        for (int i = 0; i < 40; i++) {
            Files.write(folder.resolve("c" + i + ".npy"), Zips.npy(1, 200, 1));
        }
        assertThat(held.count()).isEqualTo(45);
        assertThat(held.agg(functions.count("value")).collectAsList()).hasToString("[[45]]");
    }

    @Test
    void anAddedBadArchiveIsReportedUntilItIsDeleted() throws IOException {
        Form.STORED.write(folder, 5);
        Dataset<Row> held = load();
        Path bad = Files.writeString(folder.resolve("bad.npz"), "no archive");
        assertThat(Errors.named(Condition.NOT_AN_ARCHIVE, held::count)).hasMessageContaining("bad.npz");
        Errors.named(Condition.NOT_AN_ARCHIVE, held::isEmpty);
        Files.delete(bad);
        assertAllCount(held, 5);
    }

    @Test
    void changedColumnsAreAClearError() throws IOException {
        Path archive = Form.BARE.write(folder, 5);
        Dataset<Row> held = load();
        Files.write(archive, Zips.npy("<f8", new byte[40], 5));
        assertThat(Errors.named(Condition.COLUMNS_CHANGED, held::count))
                .hasMessageContaining("column 0; expected: value FLOAT NOT NULL; actual: value DOUBLE NOT NULL")
                .hasMessageEndingWith("Load the table without a schema; drop a persistent table and create it again.");
        Files.write(archive, Zips.npy(12, 0, 6, 2));
        Errors.named(Condition.COLUMNS_CHANGED, () -> held.limit(1).collectAsList());
        Files.write(archive, Zips.npy("<f2", new byte[8], 4));
        assertThat(held.count()).isEqualTo(4);
    }

    @Test
    void aReplacedFileOfTheSameLengthAndTimeIsRead() throws IOException {
        Path archive = Form.STORED.write(folder, 5);
        FileTime time = Files.getLastModifiedTime(archive);
        Dataset<Row> held = load();
        assertAllCount(held, 5);
        Zips.stored(archive, "x.npy", Zips.npy(5, 7, 5));
        Files.setLastModifiedTime(archive, time);
        assertThat(held.agg(functions.min("value")).collectAsList()).hasToString("[[7.0]]");
        assertThat(held.where("value >= 7").count()).isEqualTo(5);
    }

    @Test
    void onlyChangedArchivesAreOpenedAgain() throws IOException {
        for (int i = 0; i < 40; i++) {
            Zips.stored(folder.resolve(String.format("u%02d.npz", i)), "x.npy", Zips.npy(2, 0, 2));
        }
        InventoryCache cache = new InventoryCache(Map.of("path", folder.toString()));
        session();
        Inventory first = cache.snapshot().inventory();
        Inventory same = cache.snapshot().inventory();
        assertThat(same.groupCount()).isEqualTo(40);
        assertThat(cache.snapshot().inventory()).isSameAs(same);
        Form.BARE.write(folder, 5);
        assertThat(cache.snapshot().inventory().rows()).isEqualTo(85).isEqualTo(first.rows() + 5);
    }

    @Test
    void membersAreLeftOutAsLongAsAnArchiveHasThem() throws IOException {
        InventoryCache cache = new InventoryCache(Map.of("path", folder.toString(), "table", "members"));
        session();
        Zips.named(folder.resolve("a.npz"), new String[] {"x.npy", "meta"}, Zips.npy(2, 0, 2), new byte[1]);
        Zips.stored(folder.resolve("b.npz"), "x.npy", Zips.npy(2, 0, 2));
        assertThat(cache.snapshot().inventory().leftOut()).containsOnlyKeys("meta");
        Zips.stored(folder.resolve("b.npz"), "x.npy", Zips.npy(3, 0, 3));
        assertThat(cache.snapshot().inventory().leftOut()).containsOnlyKeys("meta");
        Zips.stored(folder.resolve("a.npz"), "x.npy", Zips.npy(3, 0, 3));
        assertThat(cache.snapshot().inventory().leftOut()).isEmpty();
        for (int i = 0; i <= InventoryBuilder.MAX_OPENED_ON_DRIVER; i++) {
            Zips.named(
                    folder.resolve("c" + i + ".npz"), new String[] {"x.npy", "meta"}, Zips.npy(2, 0, 2), new byte[1]);
        }
        Inventory byJob = cache.snapshot().inventory();
        LeftOutMember first = byJob.leftOut().get("meta");
        assertThat(first.error().condition()).isEqualTo(Condition.LAYOUT_REQUIRED);
        Zips.stored(Path.of(URI.create(first.archive())), "x.npy", Zips.npy(2, 0, 2));
        LeftOutMember second = cache.snapshot().inventory().leftOut().get("meta");
        assertThat(second.archive()).isNotEqualTo(first.archive());
        assertThat(second.error())
                .hasMessageContaining(Path.of(URI.create(second.archive())).toString());
    }
}
