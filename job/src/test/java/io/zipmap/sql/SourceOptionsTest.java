package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(12, 0, 3, 4));
        Zips.deflated(folder.resolve("raw.zip"), "y.dat", Zips.floats(12, 0));
        Zips.deflated(folder.resolve("wide.npz"), "z.npy", Zips.npy(18, 0, 3, 6));
    }

    private static Dataset<Row> load(String name, String... options) {
        DataFrameReader reader = SPARK.session().read().format("zipmap");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.resolve(name).toString());
    }

    private static ZipmapException refused(String name, String... options) {
        return Errors.named(Condition.OPTION_INVALID, () -> load(name, options));
    }

    @Test
    void anUnknownOptionIsNamedWithTheNearestBeforeTheInputIsLookedAt() {
        assertThat(refused("nowhere", "SCRATCHBUGDET", "1g"))
                .hasMessageContaining("Unknown option: SCRATCHBUGDET")
                .hasMessageEndingWith("Did you mean scratchBudget?");
        assertThat(refused("nowhere", "pathh", "1g")).hasMessageEndingWith("Did you mean path?");
        assertThat(refused("nowhere", "sql", "SELECT 1")).hasMessageContaining("Unknown option: sql");
    }

    @Test
    void anOptionThatIsNullCountsAsNotGiven() {
        assertThat(load("a.npz", "entries", null, "table", null).count()).isEqualTo(3);
        assertThat(SPARK.session()
                        .read()
                        .format("zipmap")
                        .schema("c0 FLOAT, c1 FLOAT, c2 FLOAT, c3 FLOAT")
                        .option("dtype", null)
                        .load(folder.resolve("a.npz").toString())
                        .count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ignoreCorruptFiles, onError=quarantine",
        "IGNOREMISSINGFILES, onError=quarantine",
        "modifiedAfter, path=@FILE",
        "header, a .npy header states its dtype",
        "timestampFormat, nanoseconds",
        "compression, leave the option out",
        "maxPartitionBytes, sliceBytes"
    })
    void anOptionOfOtherFileSourcesIsRefusedWithWhatReplacesIt(String option, String advice) {
        assertThat(refused("nowhere", option, "true"))
                .hasMessageContaining("Unknown option: " + option)
                .hasMessageContaining(advice)
                .hasMessageNotContaining("Did you mean");
    }

    @ParameterizedTest
    @CsvSource({
        "nanoseconds, date",
        "pathGlobFilter, '[a'",
        "recursiveFileLookup, 2",
        "dtype, float33",
        "shape, 'a,b'",
        "order, G",
        "table, rows",
        "inPlace, sometimes",
        "onError, skip",
        "sliceBytes, 3",
        "columns, 'a,,b'",
        "columns, 'a,A'",
        "columns, _row",
        "columns, '[]'",
        "columns, '[''a'', ''A'']'",
        "allowedRoots, /"
    })
    void aWrongWordIsNamedBeforeTheInputIsLookedAt(String option, String value) {
        assertThat(refused("nowhere", option, value)).hasMessageContaining(option.substring(0, 2));
    }

    @Test
    void whatContradictsAHeaderIsNamed() {
        assertThat(refused("a.npz", "dtype", "float64"))
                .hasMessageContaining("--dtype: the .npy header differs; archive: /")
                .hasMessageContaining("entry: x.npy; expected: float64; actual: float32 (3, 4) C");
        assertThat(refused("a.npz", "dtype", ">f4")).hasMessageContaining("expected: >f4");
        assertThat(refused("a.npz", "shape", "-1,5")).hasMessageContaining("--shape");
        assertThat(refused("a.npz", "order", "F")).hasMessageContaining("--order");
        assertThat(load("a.npz", "dtype", "float32", "shape", "-1,4", "order", "c")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void optionsGoBeforeTheConfigurationAndThatBeforeDefaults() {
        Errors.named(Condition.LAYOUT_REQUIRED, () -> load("raw.zip"));
        SPARK.session().conf().set("spark.zipmap.dtype", "float32");
        SPARK.session().conf().set("spark.zipmap.shape", "-1,2");
        try {
            assertThat(load("raw.zip").schema().fieldNames()).containsExactly("c0", "c1");
            assertThat(load("raw.zip", "ShApE", "-1,3").schema().fieldNames()).containsExactly("c0", "c1", "c2");
        } finally {
            SPARK.session().conf().unset("spark.zipmap.dtype");
            SPARK.session().conf().unset("spark.zipmap.shape");
        }
    }

    @Test
    void columnsAreNamedAndNarrowArraysThatDisagree() {
        ZipmapException error = Errors.named(Condition.ARRAYS_DISAGREE, () -> load("{a,wide}.npz"));
        assertThat(error)
                .hasMessageContaining("row shape differs")
                .hasMessageContaining("a.npz!x.npy")
                .hasMessageContaining("wide.npz!z.npy")
                .hasMessageContaining("(3, 4)")
                .hasMessageContaining("(3, 6)");
        assertThat(load("{a,wide}.npz", "entries", "z*").count()).isEqualTo(3);
        Dataset<Row> narrowed = load("{a,wide}.npz", "columns", "x, y, ...");
        assertThat(narrowed.schema().simpleString()).isEqualTo("struct<x:float,y:float>");
        assertThat(narrowed.where("_row = 2").orderBy("y").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[8.0,9.0]", "[12.0,13.0]");
        assertThat(refused("a.npz", "columns", "a,b,c,d,e")).hasMessageContaining("at most 4 names");
    }

    /** PySpark passes {@code str} of a list. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "['x', 'y', '...']",
                "['x', 'y', ...]",
                "('x', 'y',...)",
                "[\"x\",\"y\", \"...\"]",
                "x,y,...",
                "x , y , ... "
            })
    void columnsMayBeAListOfPython(String columns) {
        assertThat(load("a.npz", "columns", columns).schema().fieldNames()).containsExactly("x", "y");
    }

    @Test
    void fewerNamesThanColumnsNeedDots() {
        assertThat(load("a.npz", "columns", "['x','y','u','v']").columns()).containsExactly("x", "y", "u", "v");
        assertThat(load("a.npz", "columns", "x,y,u,v,...").columns()).containsExactly("x", "y", "u", "v");
        assertThat(refused("a.npz", "columns", "image"))
                .hasMessageContaining("it has fewer names than there are columns; archive: " + folder)
                .hasMessageContaining("entry: x.npy; expected: 4 names; actual: 1 name.")
                .hasMessageContaining("give --columns image,...; to have each array as one column")
                .hasMessageEndingWith("--table members.");
        assertThat(refused("a.npz", "columns", "['x y','b']")).hasMessageContaining("--columns 'x y,b,...'");
        assertThat(refused("a.npz", "columns", "['x,y','b']")).hasMessageContaining("--columns a,b,...;");
        assertThat(refused("a.npz", "columns", "a,b,c,d,e,...")).hasMessageContaining("at most 4 names");
        assertThat(refused("a.npz", "columns", "...")).hasMessageContaining("it has no name");
        assertThat(refused("a.npz", "columns", ",...")).hasMessageContaining("an empty name");
        Errors.named(Condition.ARRAYS_DISAGREE, () -> load("{a,wide}.npz", "columns", "a,b,c,d"));
        Errors.named(Condition.ARRAYS_DISAGREE, () -> load("{a,wide}.npz", "columns", "a,b,c,d,e,..."));
    }

    @Test
    void severalInputsMayBeGiven() {
        Dataset<Row> both = SPARK.session()
                .read()
                .format("zipmap")
                .option("columns", "a,...")
                .load(
                        folder.resolve("a.npz").toString(),
                        folder.resolve("wide.npz").toString());
        assertThat(both.count()).isEqualTo(6);
        Errors.named(Condition.INPUT_MISSING, () -> load("nowhere.zip"));
        Errors.named(Condition.INPUT_EMPTY, () -> load("nowhere*.zip"));
        Errors.named(Condition.ENTRIES_UNMATCHED, () -> load("a.npz", "entries", "nothing*"));
        Errors.named(
                Condition.OPTION_INVALID,
                () -> SPARK.session().read().format("zipmap").load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "%s/../outside.zip", "%sx/a.npz", "%s/{a,../../b}.npz", "/*/a.npz", "@/etc/hosts"
            })
    void whatLiesOutsideTheAllowedRootsIsRefused(String input) {
        SPARK.session().conf().set("spark.zipmap.allowedRoots", "/elsewhere, " + folder);
        try {
            String path = String.format(input, folder);
            ZipmapException error = Errors.named(
                    Condition.INPUT_NOT_ALLOWED,
                    () -> SPARK.session().read().format("zipmap").load(path));
            assertThat(error).hasMessageContaining(path);
            assertThat(load("a.npz").count()).isEqualTo(3);
            assertThat(load("*a.npz").count()).isEqualTo(3);
        } finally {
            SPARK.session().conf().unset("spark.zipmap.allowedRoots");
        }
    }

    @Test
    void aLinkMayNotLeadATreeOutOfTheAllowedRoots() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectory(folder.resolve("other"));
        Files.copy(folder.resolve("a.npz"), folder.resolve("other/b.npz"));
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("other"));
        SPARK.session().conf().set("spark.zipmap.allowedRoots", inside.toString());
        try {
            assertThat(Errors.named(
                            Condition.INPUT_NOT_ALLOWED,
                            () -> SPARK.session().read().format("zipmap").load(inside + "/**")))
                    .hasMessageContaining("other/b.npz");
        } finally {
            SPARK.session().conf().unset("spark.zipmap.allowedRoots");
        }
    }

    @Test
    void aListMayNotLeadOutOfTheAllowedRoots() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path list = Files.writeString(inside.resolve("list"), folder.resolve("a.npz") + "\n");
        SPARK.session().conf().set("spark.zipmap.allowedRoots", inside.toString());
        try {
            Errors.named(
                    Condition.INPUT_NOT_ALLOWED,
                    () -> SPARK.session().read().format("zipmap").load("@" + list));
        } finally {
            SPARK.session().conf().unset("spark.zipmap.allowedRoots");
        }
    }

    @Test
    void aViewIsATableLikeAnyOther() {
        SPARK.session()
                .sql("CREATE OR REPLACE TEMPORARY VIEW source_view USING zipmap OPTIONS (path '" + folder
                        + "/a.npz', columns 'a,b,c,d', provenance 'true')");
        assertThat(SPARK.session()
                        .sql("SELECT a + d, _row FROM source_view WHERE _row > 0")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[11.0,1]", "[19.0,2]");
        SPARK.session().sql("CREATE TABLE source_copy USING parquet AS SELECT * FROM source_view");
        try {
            assertThat(SPARK.session()
                            .sql("SELECT count(*), sum(s.b) FROM source_view s JOIN source_copy c ON s.a = c.a")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[3,15.0]");
        } finally {
            SPARK.session().sql("DROP TABLE source_copy");
        }
        assertThat(SPARK.session().table("source_view").schema().fieldNames())
                .containsExactly("a", "b", "c", "d", "_archive", "_entry", "_row");
        assertThat(SPARK.session()
                        .sql("SELECT count(*) FROM source_view WHERE _row = 1 AND _entry = 'x.npy'")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1]");
    }
}
