package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option mergeSchema gives what Spark's union of the archives by name gives. */
class MergedMembersTest {
    private static final int ROWS = 3;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    private static final Random RANDOM = new Random(3);

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectory(folder.resolve("all"));
        npz("all/a.npz", "x <f4", "n <i2", "img |u1 2 2", "k <i8", "b |i1", "flag |b1");
        npz("all/b.npz", "img <i4 2 2", "n <i4", "x <f8", "k <u8", "t <M8[us]");
        npz("all/c.npz", "n <u4", "x <f2", "b |u1", "s |S3");
        Dataset<Row> union =
                load("all/a.npz").unionByName(load("all/b.npz"), true).unionByName(load("all/c.npz"), true);
        union.createOrReplaceTempView("u");
        load("all", "mergeSchema", "true").createOrReplaceTempView("m");
    }

    /** @param members name, dtype and row shape of each member */
    private static void npz(String file, String... members) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            for (String member : members) {
                String[] words = member.split(" ");
                long[] axes = new long[words.length - 1];
                axes[0] = ROWS;
                int items = ROWS;
                for (int i = 1; i < axes.length; i++) {
                    axes[i] = Long.parseLong(words[i + 1]);
                    items *= (int) axes[i];
                }
                int size = words[1].contains("[") ? 8 : Integer.parseInt(words[1].substring(2));
                byte[] bytes = new byte[items * size];
                RANDOM.nextBytes(bytes);
                for (int i = 0; i < bytes.length && "bSM".indexOf(words[1].charAt(1)) >= 0; i++) {
                    bytes[i] = (byte) (words[1].charAt(1) == 'S' ? 'a' + i : i % 8 == 0 ? i % 2 : 0);
                }
                Zips.add(zip, false, words[0] + ".npy", Zips.npy(words[1], bytes, axes));
            }
        }
    }

    private static Dataset<Row> load(String path, String... options) {
        var reader = SPARK.session().read().format("zipmap").option("table", "members");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.resolve(path).toString());
    }

    private static List<String> rows(String query) {
        return SPARK.session().sql(query).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    @Test
    void columnsHaveTheWidestTypes() {
        assertThat(load("all", "mergeSchema", "true").schema().toDDL())
                .isEqualTo("x DOUBLE,n BIGINT,img ARRAY<ARRAY<INT>>,k DECIMAL(20,0),b SMALLINT,flag BOOLEAN,"
                        + "t TIMESTAMP_NTZ,s STRING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT string(x), n, k, b, flag, t, s FROM %s",
                "SELECT transform(flatten(img), i -> i + 0) FROM %s",
                "SELECT img[1][0] FROM %s WHERE img IS NOT NULL",
                "SELECT count(*), count(x), count(img), min(n), max(n), max(k), min(b), max(s), sum(b) FROM %s",
                "SELECT n FROM %s WHERE n > 70000 OR b < 0",
                "SELECT count(*) FROM %s WHERE flag IS NULL AND k > 5",
                "SELECT s FROM %s WHERE x <=> x AND b IS NULL"
            })
    void rowsAreThoseOfTheUnionByName(String query) {
        assertThat(rows(String.format(query, "m"))).isNotEmpty().isEqualTo(rows(String.format(query, "u")));
    }

    @Test
    void chosenMembersAreMerged() {
        Dataset<Row> table = load("all", "mergeSchema", "true", "columns", "b,n");
        assertThat(table.schema().toDDL()).isEqualTo("b SMALLINT,n BIGINT");
        assertThat(table.where("b IS NULL").count()).isEqualTo(ROWS);
        assertThat(Scans.of(SPARK.session().sql("SELECT s FROM m")).metric("arraysOpened"))
                .isEqualTo(1);
        assertThat(SPARK.session().sql("SELECT n FROM m LIMIT 4").count()).isEqualTo(4);
        assertThat(Errors.named(
                        Condition.OPTION_INVALID, () -> load("all", "mergeSchema", "true", "columns", "n,nothing")))
                .hasMessageContaining("no archive has a member nothing; expected: names of members; actual: members n");
        assertThat(Errors.named(
                        Condition.OPTION_INVALID, () -> load("all", "mergeSchema", "true", "columns", "nothing")))
                .hasMessageContaining("actual: no member has any of the names");
        Errors.named(Condition.OPTION_INVALID, () -> load("all", "mergeSchema", "true", "table", "elements"));
        Errors.named(Condition.ARRAYS_DISAGREE, () -> load("all"));
    }

    @Test
    void anArchiveWithoutAnyChosenMemberHasRowsOfNull() throws IOException {
        Path output = folder.resolve("out");
        Run.of(SPARK.session(), Option.INPUT, folder.resolve("all"), Option.OUTPUT, output);
        for (String columns : List.of("t", "s,flag")) {
            String select = "SELECT " + columns + ", count(*) OVER () FROM ";
            for (String path : List.of("all", "out")) {
                load(path, "mergeSchema", "true", "columns", columns).createOrReplaceTempView("chosen");
                assertThat(rows(select + "chosen")).as(path).hasSize(3 * ROWS).isEqualTo(rows(select + "u"));
            }
        }
    }

    @Test
    void anEntryThatIsNotChosenOnlyCountsRows() throws IOException {
        Files.createDirectory(folder.resolve("odd"));
        npz("odd/a.npz", "x <f4");
        npz("odd/b.npz", "y <f4");
        Zips.stored(folder.resolve("odd/c.npz"), "readme.txt", new byte[] {'a'});
        Dataset<Row> table = load("odd", "mergeSchema", "true", "columns", "x");
        assertThat(table.selectExpr("count(*)", "count(x)").first()).hasToString("[6,3]");
        assertThat(table.schema().fieldNames()).containsExactly("x");
    }

    @Test
    void aDataFrameThatIsCollectedAgainReadsAnArchiveThatSortsFirst() throws IOException {
        Files.createDirectory(folder.resolve("again"));
        npz("again/b.npz", "x <f8", "y <i4");
        Dataset<Row> table = load("again", "mergeSchema", "true");
        assertThat(table.collectAsList()).hasSize(ROWS);
        npz("again/a.npz", "y <i2", "x <f4");
        assertThat(table.collectAsList()).hasSize(2 * ROWS);
        npz("again/0.npz", "y <i4");
        assertThat(table.where("x IS NULL").count()).isEqualTo(ROWS);
        assertThat(table.collectAsList()).hasSize(3 * ROWS);
    }

    @Test
    void twoMembersOfOneNameAreRefused() throws IOException {
        Files.createDirectory(folder.resolve("twice"));
        npz("twice/a.npz", "y <f4");
        Zips.named(
                folder.resolve("twice/b.npz"), new String[] {"x.npy", "x.npy"}, Zips.npy(3, 0, 3), Zips.npy(3, 5, 3));
        Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load("twice", "mergeSchema", "true", "duplicates", "all"));
        assertThat(load("twice", "mergeSchema", "true").selectExpr("max(x)").first())
                .hasToString("[7.0]");
    }

    @Test
    void typesWithoutACommonTypeAreAnError() throws IOException {
        Files.createDirectory(folder.resolve("bad"));
        npz("bad/a.npz", "x <f4", "n <i2");
        npz("bad/b.npz", "x <i4");
        assertThat(Errors.named(Condition.ARRAYS_DISAGREE, () -> load("bad", "mergeSchema", "true")))
                .hasMessageContaining("x of")
                .hasMessageContaining("a.npz")
                .hasMessageContaining("b.npz");
        npz("bad/b.npz", "x <f4 2");
        assertThat(Errors.named(Condition.ARRAYS_DISAGREE, () -> load("bad", "mergeSchema", "true")))
                .hasMessageContaining("row shape");
    }
}
