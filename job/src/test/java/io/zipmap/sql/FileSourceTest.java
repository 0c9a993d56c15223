package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What users of Spark's file sources expect of any source of files. */
class FileSourceTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectories(folder.resolve("tree/deep"));
        Zips.deflated(folder.resolve("tree/deep/a.npz"), "x.npy", Zips.npy(10_000, 0, 5000, 2));
        Zips.deflated(folder.resolve("tree/deep/b.npz"), "x.npy", Zips.npy(6, 0, 3, 2));
        Zips.deflated(folder.resolve("tree/deep/c.zip"), "x.npy", Zips.npy(8, 0, 4, 2));
        Files.createDirectories(folder.resolve("flat"));
        Zips.deflated(folder.resolve("flat/d.npz"), "x.npy", Zips.npy(2, 0, 1, 2));
    }

    private static Dataset<Row> load(String path, Map<String, String> options) {
        return SPARK.session().read().format("zipmap").options(options).load(folder + path);
    }

    private static List<String> rows(Dataset<Row> query) {
        return query.collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void inputFileNameIsTheArchiveOfEachRow() {
        Dataset<Row> table = load("/tree/deep", Map.of());
        assertThat(rows(table.selectExpr("input_file_name() AS f", "_archive", "c0")
                        .where("f <> _archive OR f = ''")))
                .isEmpty();
        assertThat(rows(table.selectExpr("reverse(split(input_file_name(), '/'))[0] AS f", "c0")
                        .groupBy("f")
                        .count()
                        .orderBy("f")))
                .containsExactly("[a.npz,5000]", "[b.npz,3]", "[c.zip,4]");
        assertThat(rows(table.selectExpr("input_file_name() LIKE 'file:///%.npz'")
                        .distinct()
                        .coalesce(1)))
                .containsExactlyInAnyOrder("[true]", "[false]");
        assertThat(rows(SPARK.session().range(1).selectExpr("input_file_name()")))
                .containsExactly("[]");
    }

    @Test
    void aFolderIsReadAsATreeWithRecursiveFileLookup() {
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> load("/tree", Map.of())))
                .hasMessageContaining("give '" + folder + "/tree/**'");
        assertThat(load("/tree", Map.of("recursiveFileLookup", "true")).count()).isEqualTo(5007);
        assertThat(load("/tree", Map.of("recursivefilelookup", "true", "pathGlobFilter", "[bc]*"))
                        .count())
                .isEqualTo(7);
        assertThat(load("/", Map.of("recursiveFileLookup", "true", "pathGlobFilter", "*.zip"))
                        .count())
                .isEqualTo(4);
    }

    @Test
    void pathGlobFilterChoosesArchivesByTheirFileNames() {
        assertThat(load("/tree/deep", Map.of("pathGlobFilter", "{b,c}.*")).count())
                .isEqualTo(7);
        assertThat(load("/tree/**", Map.of("pathGlobFilter", "*.zip")).count()).isEqualTo(4);
        Errors.named(Condition.INPUT_EMPTY, () -> load("/tree/deep", Map.of("pathGlobFilter", "*.gz")));
    }

    /** NaT, nanoseconds before and after 1970, and the ends of datetime64[ns]. */
    @Test
    void nanosecondsAreReadAsTimestampsRoundedDown() throws IOException {
        long[] nanos = {
            Long.MIN_VALUE, 0, 999, 1000, -1, -1000, -1001, Long.MAX_VALUE, Long.MIN_VALUE + 1, 1700000000123456789L
        };
        ByteBuffer bytes = ByteBuffer.allocate(nanos.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long one : nanos) {
            bytes.putLong(one);
        }
        Files.createDirectories(folder.resolve("times"));
        Zips.deflated(folder.resolve("times/t.npz"), "t.npy", Zips.npy("<M8[ns]", bytes.array(), nanos.length));
        Dataset<Row> table = load("/times", Map.of("nanoseconds", "timestamp"));
        assertThat(table.schema().toDDL()).isEqualTo("value TIMESTAMP_NTZ");
        assertThat(rows(table.selectExpr("string(value)")))
                .containsExactly(
                        "[null]",
                        "[1970-01-01 00:00:00]",
                        "[1970-01-01 00:00:00]",
                        "[1970-01-01 00:00:00.000001]",
                        "[1969-12-31 23:59:59.999999]",
                        "[1969-12-31 23:59:59.999999]",
                        "[1969-12-31 23:59:59.999998]",
                        "[2262-04-11 23:47:16.854775]",
                        "[1677-09-21 00:12:43.145224]",
                        "[2023-11-14 22:13:20.123456]");
        assertThat(rows(table.selectExpr("count(*)", "count(value)", "string(min(value))", "string(max(value))")))
                .containsExactly("[10,9,1677-09-21 00:12:43.145224,2262-04-11 23:47:16.854775]");
        assertThat(rows(table.where("value >= TIMESTAMP_NTZ'1969-12-31 23:59:59.999999' AND value < DATE'2000-01-01'")
                        .selectExpr("_row")))
                .containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
        assertThat(load("/times", Map.of()).schema().apply("value").dataType().sql())
                .isEqualTo("BIGINT");
    }
}
