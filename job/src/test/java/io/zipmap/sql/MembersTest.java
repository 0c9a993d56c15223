package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {
    private static final int ROWS = 100;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    /** Three archives, with {@code x} (100, 2, 3), {@code y} (100,), {@code p} of fields and {@code k} without axes. */
    @BeforeAll
    static void write() throws IOException {
        Path all = Files.createDirectory(folder.resolve("all"));
        for (int i = 0; i < 3; i++) {
            shard(all.resolve("s" + i + ".npz"), i);
        }
        Dataset<Row> table = load("all/*.npz", "sliceBytes", "4k", "provenance", "true");
        table.createOrReplaceTempView("m");
        DtypeTables.parquet(table, folder.resolve("rows.parquet")).createOrReplaceTempView("p");
    }

    private static Path shard(Path file, int i) throws IOException {
        return npz(
                file,
                Map.of(
                        "x.npy", Zips.npy(ROWS * 6, 1000 * i, ROWS, 2, 3),
                        "y.npy", Zips.npy("<i8", longs(ROWS, 10 * i), ROWS),
                        "p.npy", Zips.npy("[('a', '<i8'), ('b', '<f8')]", longs(2 * ROWS, 0), ROWS),
                        "k.npy", Zips.npy("<i8", longs(1, i))),
                "x.npy",
                "y.npy",
                "p.npy",
                "k.npy");
    }

    private static byte[] longs(int count, int from) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putLong(from + i);
        }
        return bytes.array();
    }

    /** Writes deflated entries of these names, in this order. */
    private static Path npz(Path file, Map<String, byte[]> contents, String... names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                Zips.add(zip, false, name, contents.get(name));
            }
        }
        return file;
    }

    private static Path small(String file, String... names) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : names) {
            contents.put(name, Zips.npy(4, 0, 4));
        }
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return npz(path, contents, names);
    }

    private static Dataset<Row> load(String path, String... options) {
        DataFrameReader reader = SPARK.session().read().format("zipmap").option("table", "members");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.resolve(path).toString());
    }

    private static Dataset<Row> sql(String query) {
        return SPARK.session().sql(query);
    }

    private static List<String> rows(String query) {
        return sql(query).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void eachMemberIsOneColumnWithItsDtypeAndRowShapeInTheMetadata() {
        Dataset<Row> table = load("all/s1.npz");
        assertThat(table.schema().simpleString())
                .isEqualTo("struct<x:array<array<float>>,y:bigint,p:struct<a:bigint,b:double>,k:bigint>");
        assertThat(table.where("_row = 99").selectExpr("x", "y", "p.a", "k").first())
                .hasToString(
                        "[ArraySeq(ArraySeq(1594.0, 1595.0, 1596.0), ArraySeq(1597.0, 1598.0, 1599.0)),109,198,1]");
        Metadata x = table.schema().apply("x").metadata();
        assertThat(x.getString("dtype")).isEqualTo("float32");
        assertThat(x.getLongArray("shape")).containsExactly(2, 3);
        assertThat(table.schema().apply("p").metadata().getString("dtype")).isEqualTo("[('a', '<i8'), ('b', '<f8')]");
    }

    @Test
    void queriesGiveWhatParquetGives() {
        List<String> queries = List.of(
                "SELECT count(*), min(y), max(y), sum(y), avg(y), min(k), max(k), sum(k), avg(k), count(k) FROM TABLE",
                "SELECT _archive, count(*), min(y), sum(k) FROM TABLE GROUP BY _archive ORDER BY 1",
                "SELECT k, sum(x[1][2]), count(p.b) FROM TABLE GROUP BY k ORDER BY k",
                "SELECT x, y FROM TABLE WHERE y = 57 ORDER BY k",
                "SELECT sum(x[0][1]), sum(p.a), max(k) FROM TABLE WHERE y > 90 AND k >= 1",
                "SELECT sum(y) FROM TABLE WHERE k > 1 OR y < 3",
                "SELECT count(*) FROM TABLE WHERE k = 7",
                "SELECT sum(aggregate(flatten(x), 0D, (s, v) -> s + v)) FROM TABLE WHERE p.a > 150",
                "SELECT pos, sum(col) FROM (SELECT posexplode(x[0]) FROM TABLE WHERE k < 2) GROUP BY pos ORDER BY pos",
                "SELECT y, k FROM TABLE WHERE p.a IS NOT NULL AND NOT (k = 1) ORDER BY k, y LIMIT 7",
                "SELECT max(_row), min(_row) FROM TABLE WHERE _row BETWEEN 20 AND 30",
                "SELECT sum(k * y) FROM TABLE",
                "SELECT 1 FROM TABLE WHERE _row < 2");
        for (String query : queries) {
            assertThat(rows(query.replace("TABLE", "m"))).as(query).isEqualTo(rows(query.replace("TABLE", "p")));
        }
    }

    private static Scans scan(Dataset<Row> table, String query) {
        table.createOrReplaceTempView("scanned");
        return Scans.of(sql(query));
    }

    @Test
    void aQueryOpensOnlyTheMembersThatItNames() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        shard(own.resolve("a.npz"), 0);
        shard(own.resolve("b.npz"), 1);
        Dataset<Row> table = load("own/*.npz", "inPlace", "never", "sliceBytes", "4k");
        Scans narrow = scan(table, "SELECT y FROM scanned");
        assertThat(narrow.rows).hasSize(2 * ROWS);
        assertThat(narrow.metric("bytesExtracted")).isEqualTo(2 * 8 * ROWS);
        assertThat(narrow.metric("arraysOpened")).isEqualTo(narrow.metric("filesReused") + 2);
        assertThat(narrow.explained).contains("members [y] of 4");

        Scans aggregated = scan(table, "SELECT max(k), count(*) FROM scanned");
        assertThat(aggregated.metric("bytesExtracted")).isEqualTo(2 * 8);
        assertThat(aggregated.explained).contains("members [k] of 4", "PushedAggregates: [MAX(k), COUNT(*)]");
        assertThat(scan(table, "SELECT count(*) FROM scanned").metric("arraysOpened"))
                .isZero();

        Scans skipped = scan(table, "SELECT x FROM scanned WHERE k > 1");
        assertThat(skipped.rows).isEmpty();
        assertThat(skipped.metric("bytesExtracted")).isZero();
        Scans filtered = scan(table, "SELECT x FROM scanned WHERE y < 5");
        assertThat(filtered.rows).hasSize(5);
        assertThat(filtered.metric("blocksSkipped")).isPositive();
        assertThat(filtered.metric("bytesExtracted")).isEqualTo(4 * 6 * ROWS);
    }

    @Test
    void membersThatDisagreeAreNamedBeforeAnythingIsExtracted() throws IOException {
        small("axes/a.npz", "x.npy");
        npz(
                folder.resolve("axes/b.npz"),
                Map.of("x.npy", Zips.npy(4, 0, 4), "y.npy", Zips.npy(3, 0, 3)),
                "x.npy",
                "y.npy");
        assertThat(refused(Condition.ARRAYS_DISAGREE, "axes/b.npz"))
                .hasMessageContaining("members whose first axes differ: x and y; archive: /")
                .hasMessageContaining("expected: x (4,); actual: y (3,)")
                .hasMessageContaining("columns");
        assertThat(load("axes/b.npz", "columns", "y").count()).isEqualTo(3);
        assertThat(refused(Condition.ARRAYS_DISAGREE, "axes/*.npz", "entries", "*"))
                .hasMessageContaining("b.npz");

        small("names/a.npz", "x.npy", "y.npy");
        small("names/b.npz", "y.npy", "x.npy", "z.npy");
        assertThat(refused(Condition.ARRAYS_DISAGREE, "names/*.npz"))
                .hasMessageContaining("archives whose members differ: ")
                .hasMessageContaining("a.npz and ")
                .hasMessageContaining("actual: 3 members, z only in /");
        assertThat(load("names/*.npz", "columns", "y,x").schema().fieldNames()).containsExactly("y", "x");
        assertThat(refused(Condition.OPTION_INVALID, "names/*.npz", "columns", "z"))
                .hasMessageContaining("the archive has no member z")
                .hasMessageContaining("a.npz; expected: names of members; actual: x, y");

        npz(folder.resolve("names/b.npz"), Map.of("x.npy", Zips.npy("<f8", new byte[32], 4)), "x.npy");
        assertThat(refused(Condition.ARRAYS_DISAGREE, "names/*.npz", "columns", "x"))
                .hasMessageContaining("archives in which the dtype of x differs: ");
        npz(folder.resolve("names/b.npz"), Map.of("x.npy", Zips.npy(4, 0, 2, 2)), "x.npy");
        assertThat(refused(Condition.ARRAYS_DISAGREE, "names/*.npz", "columns", "x"))
                .hasMessageContaining("row shape of x differs")
                .hasMessageContaining("expected: float32 (4,); actual: float32 (2, 2)");
    }

    private static ZipmapException refused(Condition condition, String path, String... options) {
        return Errors.named(condition, () -> load(path, options));
    }

    @Test
    void namesThatSqlCannotTellApartAreRefused() throws IOException {
        small("case/a.npz", "x.npy", "X.npy");
        assertThat(refused(Condition.COLUMN_NAME_UNUSABLE, "case/a.npz"))
                .hasMessageContaining("differ")
                .hasMessageContaining("'x' and 'X'");
        assertThat(load("case/a.npz", "columns", "X").count()).isEqualTo(4);
        small("case/b.npz", ".npy", "x.npy");
        assertThat(refused(Condition.COLUMN_NAME_UNUSABLE, "case/b.npz")).hasMessageContaining("an empty name");
        small("case/c.npz", "_row.npy");
        refused(Condition.COLUMN_NAME_UNUSABLE, "case/c.npz");
        small("case/d.npz", "a b.npy", "c.d.npy", "e`f.npy");
        assertThat(load("case/d.npz")
                        .selectExpr("`a b`", "`c.d`", "`e``f`")
                        .where("`c.d` = 3")
                        .first())
                .hasToString("[3.0,3.0,3.0]");
    }

    @Test
    void whatIsNoArrayIsLeftOutUnlessItIsNamed() throws IOException {
        npz(
                folder.resolve("mixed.npz"),
                Map.of(
                        "x.npy",
                        Zips.npy(4, 0, 4),
                        "readme.txt",
                        "hello".getBytes(StandardCharsets.UTF_8),
                        "objects.npy",
                        new String(Zips.npy(4, 0, 4), StandardCharsets.ISO_8859_1)
                                .replace("<f4", "|O8")
                                .getBytes(StandardCharsets.ISO_8859_1)),
                "readme.txt",
                "x.npy",
                "objects.npy");
        Dataset<Row> table = load("mixed.npz");
        assertThat(table.schema().fieldNames()).containsExactly("x");
        assertThat(table.where("x > 1").count()).isEqualTo(2);
        Errors.named(Condition.DTYPE_UNSUPPORTED, () -> table.select("objects").collectAsList());
        Errors.named(
                Condition.LAYOUT_REQUIRED,
                () -> table.where("`readme.txt` = 'a'").collectAsList());
        refused(Condition.DTYPE_UNSUPPORTED, "mixed.npz", "columns", "x,objects");
        small("mixed2.npz", "x.npy");
        Dataset<Row> both = load("mixed*.npz");
        small("mixed2.npz", "x.npy");
        assertThat(both.count()).isEqualTo(8);
        Errors.named(Condition.DTYPE_UNSUPPORTED, () -> both.select("objects").collectAsList());
        Errors.named(
                Condition.DTYPE_UNSUPPORTED,
                () -> both.selectExpr("max(objects)").collectAsList());
        small("mixed.npz", "x.npy");
        assertThat(Errors.named(
                        Condition.COLUMNS_CHANGED, () -> both.select("objects").collectAsList()))
                .hasMessageContaining("a member that no archive has: objects");
        assertThat(both.count()).isEqualTo(8);
    }

    @Test
    void rawMembersAndBareFilesAreColumnsToo() throws IOException {
        npz(
                folder.resolve("raw.zip"),
                Map.of("u.dat", Zips.floats(12, 0), "v.npy", Zips.npy("<i8", longs(3, 5), 3)),
                "u.dat",
                "v.npy");
        npz(folder.resolve("only-raw.zip"), Map.of("u.dat", Zips.floats(12, 0)), "u.dat");
        refused(Condition.LAYOUT_REQUIRED, "only-raw.zip");
        Dataset<Row> raw = load("raw.zip", "dtype", "float32", "shape", "-1,4");
        assertThat(raw.schema().simpleString()).isEqualTo("struct<u.dat:array<float>,v:bigint>");
        assertThat(raw.selectExpr("`u.dat`[3]", "v").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[3.0,5]", "[7.0,6]", "[11.0,7]");

        Files.write(folder.resolve("image.npy"), Zips.npy(24, 0, 2, 3, 4));
        assertThat(load("image.npy").schema().simpleString()).isEqualTo("struct<image:array<array<float>>>");
        assertThat(load("image.npy").selectExpr("image[2][3]").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[11.0]", "[23.0]");
        Files.write(folder.resolve("image2.npy"), Zips.npy(24, 0, 2, 3, 4));
        assertThat(refused(Condition.ARRAYS_DISAGREE, "image*.npy")).hasMessageContaining("columns");
        assertThat(load("image*.npy", "columns", "picture")
                        .selectExpr("count(picture[0])")
                        .first())
                .hasToString("[4]");
    }

    @Test
    void changedArchivesAreReadAgainAndMembersMayChangeTheirOrder() throws IOException {
        small("live/a.npz", "x.npy", "y.npy");
        small("live/b.npz", "x.npy", "y.npy");
        Dataset<Row> table = load("live/*.npz");
        assertThat(table.selectExpr("sum(y)").first()).hasToString("[12.0]");
        npz(
                folder.resolve("live/a.npz"),
                Map.of("x.npy", Zips.npy(5, 0, 5), "y.npy", Zips.npy(5, 10, 5)),
                "y.npy",
                "x.npy");
        small("live/c.npz", "y.npy", "x.npy");
        assertThat(table.selectExpr("sum(y)", "max(x)", "count(*)").first()).hasToString("[72.0,4.0,13]");
        small("live/c.npz", "y.npy");
        Errors.named(Condition.ARRAYS_DISAGREE, () -> table.selectExpr("sum(y)").first());
    }

    @Test
    void aBadMemberLeavesItsArchiveOutOfQueriesThatReadIt() throws IOException {
        small("bad/a.npz", "x.npy", "y.npy");
        Path bad = folder.resolve("bad/b.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bad))) {
            Zips.add(zip, true, "x.npy", Zips.npy(4, 0, 4));
            Zips.add(zip, true, "y.npy", Zips.npy(4, 0, 4));
        }
        byte[] bytes = Files.readAllBytes(bad);
        // The last byte of the data of x, behind its header.
        bytes[30 + "x.npy".length() + Zips.npy(4, 0, 4).length - 1] ^= 1;
        Files.write(bad, bytes);
        String[] never = {"inPlace", "never"};
        Errors.named(Condition.CRC_MISMATCH, () -> load("bad/*.npz", never).collectAsList());
        assertThat(load("bad/*.npz", never).select("y").collectAsList()).hasSize(8);
        Scans left = Scans.of(
                load("bad/*.npz", "inPlace", "never", "onError", "quarantine").select("y", "x"));
        assertThat(left.rows).hasSize(4);
        assertThat(left.metric("arraysLeftOut")).isEqualTo(1);
        Dataset<Row> quarantined = load("bad/*.npz", "inPlace", "never", "onError", "quarantine");
        assertThat(quarantined.selectExpr("count(x)", "count(y)").first()).hasToString("[4,4]");
        assertThat(quarantined.selectExpr("count(y)", "count(*)").first()).hasToString("[8,8]");
        assertThat(quarantined.where("x IS NOT NULL").count()).isEqualTo(4);
    }

    @Test
    void theOutputOfARunHasTheMembersOfItsArchives() throws IOException {
        Path output = folder.resolve("out");
        Run.of(SPARK.session(), Option.INPUT, folder.resolve("all"), Option.OUTPUT, output);
        load("out", "provenance", "true").createOrReplaceTempView("former");
        String query = "SELECT _archive, sum(y), sum(x[1][0]), max(k) FROM TABLE GROUP BY _archive ORDER BY 1";
        assertThat(rows(query.replace("TABLE", "former"))).isEqualTo(rows(query.replace("TABLE", "m")));
    }

    @Test
    void tooManyMembersAreRefusedBeforeTheirHeadersAreRead() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("many.npz")))) {
            for (int i = 0; i <= 20_000; i++) {
                Zips.add(zip, false, "m" + i + ".npy", new byte[] {1});
            }
        }
        assertThat(refused(Condition.COLUMNS_TOO_MANY, "many.npz")).hasMessageContaining("20001");
    }
}
