package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partition folders give the columns, types and rows that Parquet in folders of the same names gives. */
class PartitionFoldersTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    private static final String INFERENCE = "spark.sql.sources.partitionColumnTypeInference.enabled";

    /** Writes Parquet with partitionBy, and beside each file of it an archive of the same rows. */
    @BeforeAll
    static void write() throws IOException {
        SparkSession spark = SPARK.session();
        spark.range(60)
                .selectExpr(
                        "float(id) AS value",
                        "date_add(DATE'2024-01-01', int(id % 3)) AS date",
                        "element_at(array('a', 'b/c:% d', NULL), int(id % 3) + 1) AS cam",
                        "CASE WHEN id % 4 = 3 THEN NULL ELSE id % 4 END AS level",
                        "timestamp_micros(1700000000123456 * (id % 2)) AS ts",
                        "(id % 2) + 0.5D AS d",
                        "12345678901234567890BD + id % 2 AS big",
                        "5000000000 * (id % 2) AS l")
                .coalesce(1)
                .write()
                .partitionBy("date", "cam", "level", "ts", "d", "big", "l")
                .parquet(folder.resolve("parquet").toString());
        Map<String, List<Float>> byFile = new TreeMap<>();
        for (Row row : spark.read()
                .parquet(folder.resolve("parquet").toString())
                .selectExpr("input_file_name()", "value")
                .collectAsList()) {
            byFile.computeIfAbsent(row.getString(0), file -> new ArrayList<>()).add(row.getFloat(1));
        }
        assertThat(byFile).hasSize(12);
        for (Map.Entry<String, List<Float>> file : byFile.entrySet()) {
            Path relative = folder.resolve("parquet").relativize(Path.of(URI.create(file.getKey())));
            npz(folder.resolve("zipmap").resolve(relative.resolveSibling("x.npz")), file.getValue());
        }
        spark.read().parquet(folder.resolve("parquet").toString()).createOrReplaceTempView("p");
        load("zipmap").createOrReplaceTempView("z");
    }

    private static void npz(Path file, List<Float> values) throws IOException {
        Files.createDirectories(file.getParent());
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putFloat);
        Zips.deflated(file, "value.npy", Zips.npy("<f4", bytes.array(), values.size()));
    }

    private static void npz(String... names) throws IOException {
        for (String name : names) {
            npz(folder.resolve(name), List.of(1f, 2f));
        }
    }

    private static Dataset<Row> load(String path, String... options) {
        var reader = SPARK.session().read().format("zipmap");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.resolve(path).toString());
    }

    private static String ddl(Dataset<Row> table) {
        return table.schema().toDDL().replace(" NOT NULL", "");
    }

    private static List<String> rows(String query, String view) {
        return SPARK.session().sql(query.replace("FROM t", "FROM " + view)).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    private static List<String> columns(Dataset<Row> table) {
        return Stream.of(table.schema().fields())
                .map(StructField::toString)
                .skip(1)
                .toList();
    }

    @Test
    void theColumnsHaveTheNamesAndTypesOfParquetInTheSameFolders() {
        assertThat(columns(load("zipmap")))
                .hasSize(7)
                .isEqualTo(columns(SPARK.session().table("p")))
                .anyMatch(column -> column.contains("date,DateType,true"));
        SPARK.session().conf().set(INFERENCE, "false");
        try {
            Dataset<Row> parquet =
                    SPARK.session().read().parquet(folder.resolve("parquet").toString());
            assertThat(columns(load("zipmap")))
                    .isEqualTo(columns(parquet))
                    .allMatch(text -> text.contains("StringType"));
            assertThat(load("zipmap").where("level = '2' AND ts LIKE '2023%'").count())
                    .isEqualTo(parquet.where("level = '2' AND ts LIKE '2023%'").count());
        } finally {
            SPARK.session().conf().unset(INFERENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT cam, value FROM t WHERE date = DATE'2024-01-02'",
                "SELECT cam FROM t WHERE date > '2024-01-01' AND cam IS NOT NULL",
                "SELECT value FROM t WHERE cam = 'b/c:% d' OR value < 3",
                "SELECT value FROM t WHERE cam <=> NULL AND level IN (0, 2, 7)",
                "SELECT value FROM t WHERE NOT (level >= 1) OR cam LIKE 'b%'",
                "SELECT value FROM t WHERE ts >= TIMESTAMP'2000-01-01' AND d = 1.5 AND l <> 0",
                "SELECT value FROM t WHERE big = 12345678901234567891 OR big IN (12345678901234567890, 1)",
                "SELECT value FROM t WHERE d IN (0.5, 7) AND ts IS NOT NULL",
                "SELECT date, count(*), sum(value), max(value) FROM t GROUP BY date",
                "SELECT cam, level, count(*) FROM t GROUP BY cam, level",
                "SELECT ts, d, big, l, count(*) FROM t GROUP BY ts, d, big, l",
                "SELECT level, avg(value) FROM t WHERE cam IS NULL GROUP BY level",
                "SELECT count(level), count(DISTINCT cam), max(date), min(ts), sum(level), sum(d), max(cam) FROM t",
                "SELECT count(*) FROM t WHERE date < '2000-01-01'",
                "SELECT sum(value) FROM t WHERE year(date) = 2024 AND level + 1 = 2",
                "SELECT value FROM t JOIN VALUES ('a', 1) AS o(c, l2) ON cam = c AND level = l2"
            })
    void queriesGiveWhatParquetGives(String query) {
        assertThat(rows(query, "z")).isEqualTo(rows(query, "p"));
    }

    @Test
    void archivesOfOtherPartitionsAreNotOpened() {
        Scans one = Scans.of(SPARK.session().sql("SELECT value FROM z WHERE date = DATE'2024-01-02' AND d = 0.5"));
        assertThat(one.metric("arraysOpened")).isEqualTo(2);
        assertThat(one.rows).hasSize(10);
        assertThat(Scans.of(SPARK.session().sql("SELECT date, cam FROM z")).metric("arraysOpened"))
                .isZero();
        assertThat(SPARK.session()
                        .sql("SELECT date, sum(value) FROM z WHERE cam = 'a' GROUP BY date")
                        .queryExecution()
                        .executedPlan()
                        .toString())
                .contains("PushedGroupBy: [date]");
        assertThat(SPARK.session()
                        .sql("SELECT z.value FROM z JOIN (SELECT date FROM z WHERE value = 5) o ON z.date = o.date")
                        .count())
                .isEqualTo(20);
    }

    @Test
    void groupsAndFiltersOfNumbersAreThoseOfParquet() throws IOException {
        for (String value : List.of("0.0", "-0.0", "NaN", "1.5")) {
            npz("numbers/t=" + value + "/a.npz");
            SPARK.session()
                    .sql("SELECT explode(array(1f, 2f)) AS value")
                    .write()
                    .parquet(folder + "/numbers-parquet/t=" + value);
        }
        load("numbers").createOrReplaceTempView("zn");
        SPARK.session().read().parquet(folder + "/numbers-parquet").createOrReplaceTempView("pn");
        for (String query : List.of(
                "SELECT t, count(*) FROM t GROUP BY t",
                "SELECT t, count(*), sum(value) FROM t GROUP BY t",
                "SELECT value FROM t WHERE t = 0.0D",
                "SELECT value FROM t WHERE t IN (-0.0D, 'NaN')",
                "SELECT value FROM t WHERE t > 0.0D",
                "SELECT value FROM t WHERE t >= 0.0D AND t < 'NaN'")) {
            assertThat(rows(query, "zn")).as(query).isNotEmpty().isEqualTo(rows(query, "pn"));
        }
    }

    @Test
    void theTableOfArraysHasThePartitionColumnsToo() {
        Dataset<Row> arrays = load("zipmap", "table", "arrays");
        assertThat(arrays.schema().fieldNames()).endsWith("level", "ts", "d", "big", "l");
        assertThat(arrays.where("date = DATE'2024-01-02' AND dtype = 'float32' AND cam LIKE 'b%'")
                        .selectExpr("cam", "level", "archive LIKE '%date=2024-01-02%'", "path IS NOT NULL")
                        .distinct()
                        .orderBy("level")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[b/c:% d,null,true,true]",
                        "[b/c:% d,0,true,true]", "[b/c:% d,1,true,true]", "[b/c:% d,2,true,true]");
        assertThat(Scans.of(arrays.where("date = DATE'2030-01-01' OR dtype = 'none' OR level < -1")).explained)
                .doesNotContain("Filter (");
        assertThat(arrays.groupBy("cam").count().where("cam = 'a'").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,4]");
    }

    @Test
    void theTableOfMembersHasThePartitionColumnsToo() {
        load("zipmap", "table", "members").createOrReplaceTempView("m");
        for (String query : List.of(
                "SELECT value, date, cam, level FROM t WHERE d = 0.5 OR value > 50",
                "SELECT cam, count(*), max(value) FROM t WHERE date > DATE'2024-01-01' GROUP BY cam")) {
            assertThat(rows(query, "m")).isEqualTo(rows(query, "p"));
        }
    }

    @Test
    void hiddenColumnsFollowThePartitionColumns() {
        assertThat(load("zipmap", "provenance", "true").schema().fieldNames())
                .containsExactly("value", "date", "cam", "level", "ts", "d", "big", "l", "_archive", "_entry", "_row");
        assertThat(load("zipmap")
                        .where("_archive LIKE '%cam=a/%' AND cam <> 'a'")
                        .count())
                .isZero();
    }

    @Test
    void foldersBelowTheInputAloneAreColumns() throws IOException {
        npz("tree/v=1/date=2024-01-01/a.npz", "tree/v=1/date=x/b.npz", "tree/v=2/date=y/a.npz");
        assertThat(ddl(load("tree/v=1"))).isEqualTo("value FLOAT,date STRING");
        assertThat(ddl(load("tree/v=*"))).isEqualTo("value FLOAT,date STRING");
        assertThat(ddl(load("tree/v=1/date=x/b.npz"))).isEqualTo("value FLOAT");
        assertThat(ddl(load("tree/v=*", "basePath", folder + "/tree"))).isEqualTo("value FLOAT,v INT,date STRING");
        assertThat(ddl(load("tree/**"))).isEqualTo("value FLOAT");
        assertThat(load("tree/**", "BASEPATH", folder + "/tree/").where("v = 1").count())
                .isEqualTo(4);
        assertThat(ddl(load("tree", "recursiveFileLookup", "true"))).isEqualTo("value FLOAT");
        assertThat(load("tree", "pathGlobFilter", "b*").where("date = 'x'").count())
                .isEqualTo(2);
        assertThat(Errors.named(Condition.OPTION_INVALID, () -> load("tree", "basePath", folder + "/zipmap")))
                .hasMessageContaining("Invalid value of --base-path: an archive is not in ");
    }

    @Test
    void theOutputOfARunHasThePartitionColumnsWithTheBasePathOfItsArchives() throws IOException {
        npz("run/date=2024-01-01/a.npz", "run/date=2024-01-02/a.npz", "run/date=2024-01-02/b.npz");
        Run.of(SPARK.session(), Option.INPUT, folder.resolve("run"), Option.OUTPUT, folder.resolve("out"));
        for (String table : List.of("elements", "members", "arrays")) {
            Dataset<Row> archives = load("run", "table", table);
            Dataset<Row> output = load("out", "table", table, "basePath", folder + "/run");
            assertThat(output.schema()).isEqualTo(archives.schema());
            assertThat(output.groupBy("date").count().orderBy("date").collectAsList())
                    .hasSize(2)
                    .isEqualTo(archives.groupBy("date").count().orderBy("date").collectAsList());
        }
        assertThat(ddl(load("out"))).isEqualTo("value FLOAT");
        Errors.named(Condition.OPTION_INVALID, () -> load("out", "basePath", folder + "/tree"));
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        npz("taken/VALUE=1/a.npz", "twice/a=1/A=2/a.npz", "hidden/_row=1/a.npz");
        for (String one : List.of("taken", "twice", "hidden")) {
            assertThat(Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load(one)))
                    .hasMessageContaining("partition folder");
        }
        assertThat(ddl(load("taken", "columns", "x"))).isEqualTo("x FLOAT,VALUE INT");
        assertThat(Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load("taken")))
                .hasMessageContaining("Name the columns of the arrays otherwise with --columns, or read FOLDER/**");
        assertThat(Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load("taken", "table", "members")))
                .hasMessageContaining("Choose other members with --columns, or read FOLDER/**");
        npz("header/dtype=1/a.npz");
        for (String one : List.of("twice", "hidden", "header")) {
            assertThat(Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load(one, "table", "arrays")))
                    .hasMessageContaining("Rename the folder, or read FOLDER/**");
        }
        // A member that is no column hides the folder no less.
        Path both = Files.createDirectories(folder.resolve("left/META=1")).resolve("a.npz");
        Zips.named(both, new String[] {"x.npy", "meta"}, Zips.npy(2, 0, 2), new byte[1]);
        Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load("left", "table", "members"));
        assertThat(load("left", "table", "members", "columns", "x").first()).hasToString("[0.0,1]");
    }

    @Test
    void foldersThatDifferAreRefused() throws IOException {
        npz(
                "depth/a=1/b=1/x.npz",
                "depth/a=2/x.npz",
                "names/a=1/x.npz",
                "names/b=1/x.npz",
                "top/a=1/x.npz",
                "top/x.npz");
        assertThat(Errors.named(Condition.PARTITION_FOLDERS_UNUSABLE, () -> load("depth")))
                .hasMessageContaining("a=1/b=1/x.npz")
                .hasMessageContaining("a=2/x.npz")
                .hasMessageContaining("the folders a, b")
                .hasMessageContaining("actual: the folders a.");
        Errors.named(Condition.PARTITION_FOLDERS_UNUSABLE, () -> load("names"));
        assertThat(Errors.named(Condition.PARTITION_FOLDERS_UNUSABLE, () -> load("top")))
                .hasMessageContaining("no partition folder");
        npz("empty/a=/x.npz");
        assertThat(Errors.named(Condition.PARTITION_FOLDERS_UNUSABLE, () -> load("empty")))
                .hasMessageContaining("without a value: a=");
    }

    /** As in Spark's file sources: no archive of a partition is left out. */
    @Test
    void archivesInOtherFoldersOfAPartitionBelongToIt() throws IOException {
        npz("below/a=1/sub/x.npz", "below/a=2/x.npz");
        assertThat(load("below").groupBy("a").count().orderBy("a").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,2]", "[2,2]");
    }

    @Test
    void aTableKeepsTheTypesOfItsPartitionColumns() throws IOException {
        npz("grow/n=1/a.npz", "grow/n=2/a.npz");
        Dataset<Row> table = load("grow");
        table.createOrReplaceTempView("grow");
        assertThat(rows("SELECT sum(value), max(n) FROM t WHERE n > 1", "grow")).containsExactly("[3.0,2]");
        npz("grow/n=3/a.npz");
        assertThat(rows("SELECT sum(value), max(n) FROM t WHERE n > 1", "grow")).containsExactly("[6.0,3]");
        npz("grow/n=x/a.npz");
        Errors.named(Condition.COLUMNS_CHANGED, () -> rows("SELECT sum(value) FROM t", "grow"));
        SPARK.session()
                .sql("CREATE TABLE grown USING zipmap OPTIONS (path '" + folder + "/grow', pathGlobFilter 'a*')");
        try {
            assertThat(rows("SELECT value FROM t WHERE n = 'x'", "grown")).containsExactly("[1.0]", "[2.0]");
        } finally {
            SPARK.session().sql("DROP TABLE grown");
        }
    }
}
