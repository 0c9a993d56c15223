package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structured, time and text dtypes in SQL: columns, their names and types, and queries on them. */
class FieldColumnsTest {
    private static final int ROWS = 100;
    private static final long NAT = Long.MIN_VALUE;
    private static final String STRUCTURE =
            "[('id', '<i4'), ('p', [('x', '<f4'), ('y', [('lo', '<i2'), ('hi', '<f8')])], (2,)), ('t', '<M8[s]'),"
                    + " ('s', '|S3')]";

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    private Dataset<Row> load(String dtype, byte[] items, long... axes) throws IOException {
        Path file = folder.resolve("a" + Integer.toHexString(dtype.hashCode()) + ".npz");
        Zips.deflated(file, "a.npy", Zips.npy(dtype, items, axes));
        return session().read().format("zipmap").load(file.toString());
    }

    private static byte[] structures() {
        ByteBuffer bytes = ByteBuffer.allocate(ROWS * 43).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            bytes.putInt(i);
            for (int j = 0; j < 2; j++) {
                bytes.putFloat(i + j / 4f).putShort((short) (i * 10 + j)).putDouble(i * 100 + j);
            }
            bytes.putLong(i % 3 == 0 ? NAT : i).put(String.format("%03d", i).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.array();
    }

    private Dataset<Row> structureTable() throws IOException {
        return load(STRUCTURE, structures(), ROWS);
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return bytes.array();
    }

    @Test
    void typesAreTheSmallestThatHoldTheValuesAndUnitsAreInTheMetadata() throws IOException {
        assertThat(structureTable().schema().toDDL())
                .isEqualTo("id INT NOT NULL,"
                        + "p ARRAY<STRUCT<x: FLOAT NOT NULL,"
                        + " y: STRUCT<lo: SMALLINT NOT NULL, hi: DOUBLE NOT NULL> NOT NULL>> NOT NULL,"
                        + "t TIMESTAMP_NTZ,s STRING NOT NULL");
        assertThat(load("<c8", new byte[48], 2, 3).schema().toDDL())
                .startsWith("c0 STRUCT<re: FLOAT NOT NULL, im: FLOAT NOT NULL> NOT NULL,c1 STRUCT<");
        assertThat(load("<m8[ms]", new byte[48], 2, 3)
                        .schema()
                        .apply("c2")
                        .dataType()
                        .sql())
                .isEqualTo("INTERVAL DAY TO SECOND");
        StructType counts = load(
                        "[('a', '<M8[ns]'), ('b', [('c', '<m8[3M]', (2,)), ('d', '<M8')]), ('e', '<M8[s]')]",
                        new byte[40],
                        1)
                .schema();
        assertThat(counts.apply("a").dataType().sql()).isEqualTo("BIGINT");
        assertThat(counts.apply("a").metadata().getString("unit")).isEqualTo("ns");
        StructType inner = (StructType) counts.apply("b").dataType();
        assertThat(((ArrayType) inner.apply("c").dataType()).containsNull()).isTrue();
        assertThat(inner.apply("c").metadata().getString("unit")).isEqualTo("3M");
        assertThat(inner.apply("d").metadata().getString("unit")).isEqualTo("generic");
        assertThat(counts.apply("e").metadata().contains("unit")).isFalse();
    }

    @Test
    void onlyTheFieldsThatAQueryNamesAreRead() throws IOException {
        Dataset<Row> query =
                structureTable().selectExpr("p[1].y.lo", "p.x AS xs", "s").where("id = 7");
        assertThat(query.queryExecution().executedPlan().toString()).doesNotContain("hi:");
        Row row = query.collectAsList().get(0);
        assertThat(row.getShort(0)).isEqualTo((short) 71);
        assertThat(row.<Float>getList(1)).containsExactly(7f, 7.25f);
        assertThat(row.getString(2)).isEqualTo("007");
    }

    @Test
    void aggregatesAreThoseThatSparkMakesOfTheRows() throws IOException {
        Dataset<Row> table = structureTable();
        Dataset<Row> rows = session().createDataFrame(table.collectAsList(), table.schema());
        for (String query : List.of(
                "SELECT count(*), count(t), count(s), count(p), count(id) FROM %s",
                "SELECT min(t), max(t), min(s), max(s), min(id), max(id), sum(id), avg(id), min(p), max(p) FROM %s",
                "SELECT sum(p[0].y.hi), max(p[1].x), count(DISTINCT t) FROM %s WHERE t IS NOT NULL",
                "SELECT s, t FROM %s WHERE t > TIMESTAMP_NTZ '1970-01-01 00:01:30' ORDER BY s DESC LIMIT 3",
                "SELECT left(s, 2), count(t) FROM %s GROUP BY left(s, 2) ORDER BY 1")) {
            assertThat(ask(query, table)).as(query).isEqualTo(ask(query, rows));
        }
        Dataset<Row> times = load("<m8[ns]", longs(5, NAT, -3, NAT), 2, 2);
        assertThat(times.selectExpr("count(c0)", "count(c1)", "sum(c0)", "min(c0)", "max(c1)")
                        .collectAsList()
                        .get(0))
                .hasToString("[2,0,2,-3,null]");
    }

    @Test
    void textsOutliveTheBatchThatTheyCameIn() throws IOException {
        int rows = 40_000;
        ByteBuffer bytes = ByteBuffer.allocate(rows * 5);
        for (int i = 0; i < rows; i++) {
            bytes.put(String.format("%05d", i == 7 ? 99_999 : i + 1).getBytes(StandardCharsets.US_ASCII));
        }
        Dataset<Row> table = load("|S5", bytes.array(), rows);
        assertThat(table.selectExpr(
                                "max(value)",
                                "min(value)",
                                "first(value)",
                                "max_by(_row, value)",
                                "count(DISTINCT value)")
                        .collectAsList())
                .hasToString("[[99999,00001,00001,7,40000]]");
        List<Row> all = table.sort("value").collectAsList();
        assertThat(all.get(rows - 1).getString(0)).isEqualTo("99999");
        assertThat(all.get(7).getString(0)).isEqualTo("00009");
    }

    private static List<Row> ask(String query, Dataset<Row> table) {
        table.createOrReplaceTempView("asked");
        return session().sql(String.format(query, "asked")).collectAsList();
    }

    @Test
    void aTimeThatSparkCannotHoldIsAnErrorAndOthersAreExact() throws IOException {
        long most = Long.MAX_VALUE / 1_000_000;
        Dataset<Row> table = load("<M8[s]", longs(most, -most, 0, NAT, most + 1), 5);
        assertThat(table.where("_row < 4").collectAsList())
                .extracting(row -> row.get(0))
                .containsExactly(
                        LocalDateTime.ofEpochSecond(most, 0, java.time.ZoneOffset.UTC),
                        LocalDateTime.ofEpochSecond(-most, 0, java.time.ZoneOffset.UTC),
                        LocalDateTime.of(1970, 1, 1, 0, 0),
                        null);
        assertThatThrownBy(table::collectAsList)
                .hasStackTraceContaining("[ZIPMAP_TIME_OUT_OF_RANGE]")
                .hasStackTraceContaining((most + 1) + " times 1000000 microseconds; archive: /")
                .hasStackTraceContaining("entry: a.npy");
    }

    @Test
    void namesThatSqlCannotTellApartAreRefusedUntilTheyAreGivenOthers() throws IOException {
        String clash = "[('a', '|i1'), ('A', '|i1')]";
        String nested = "[('s', [('b', '|i1'), ('B', '|i1')])]";
        assertThat(Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load(nested, new byte[2], 1)))
                .hasMessageContaining("a.npy")
                .hasMessageEndingWith(". Set spark.sql.caseSensitive.");
        Path file = folder.resolve("clash.npz");
        Zips.deflated(file, "a.npy", Zips.npy(clash, new byte[] {1, 2, 3, 4}, 2));
        Dataset<Row> named =
                session().read().format("zipmap").option("columns", "one,two").load(file.toString());
        assertThat(named.select("two").collectAsList()).hasToString("[[2], [4]]");
        session().conf().set("spark.sql.caseSensitive", "true");
        try {
            Dataset<Row> exact = session().read().format("zipmap").load(file.toString());
            assertThat(exact.select("A").collectAsList()).hasToString("[[2], [4]]");
        } finally {
            session().conf().unset("spark.sql.caseSensitive");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'_row' 'x'", "'_Archive' 'x'", "'a' 'A'", "'' 'value'", "'_entry' \"i't,\"", "'_row' '_row2'"})
    void theAdviceForAnUnusableNameIsAValueThatHelps(String names) throws IOException {
        String[] fields = names.split(" ");
        String dtype = String.format("[(%s, '|i1'), (%s, '|i1')]", fields[0], fields[1]);
        byte[] items = {1, 2};
        String message = Errors.named(Condition.COLUMN_NAME_UNUSABLE, () -> load(dtype, items, 1))
                .message(OptionSpelling.DATA_SOURCE);
        String advice = " Give each column a name: columns=";
        assertThat(message).contains("a.npy", advice).doesNotContain("caseSensitive");
        Path file = folder.resolve("unusable.npz");
        Zips.deflated(file, "a.npy", Zips.npy(dtype, items, 1));
        Dataset<Row> named = session()
                .read()
                .format("zipmap")
                .option("columns", message.substring(message.indexOf(advice) + advice.length()))
                .load(file.toString());
        assertThat(named.collectAsList()).hasToString("[[1,2]]");
        assertThat(named.select("_row").collectAsList()).hasToString("[[0]]");
    }

    @Test
    void anyOtherNameIsAColumn() throws IOException {
        Dataset<Row> table = load(
                "[('a.b', '|i1'), ('new\\nline', '|i1'), ('back`tick', '|i1'), (\"q'\\\"\", '|i1'), ('select', '|i1')]",
                new byte[] {1, 2, 3, 4, 5},
                1);
        table.createOrReplaceTempView("odd");
        assertThat(session()
                        .sql("SELECT `a.b`, `new\nline`, `back``tick`, `q'\"`, `select` FROM odd WHERE `new\nline` = 2")
                        .collectAsList())
                .hasToString("[[1,2,3,4,5]]");
    }

    @Test
    void arraysOfTheSameFieldsAreOneTableHoweverTheyLie() throws IOException {
        Zips.deflated(
                folder.resolve("one.npz"),
                "a.npy",
                Zips.npy("[('x', '<i2'), ('s', '|S2')]", new byte[] {1, 0, 'a', 'b'}, 1));
        Zips.stored(
                folder.resolve("two.npz"),
                "a.npy",
                Zips.npy(
                        "[('', '|V1'), ('x', '>i2'), ('s', '|S5'), ('', '|V2')]",
                        new byte[] {9, 0, 2, 'c', 'd', 'e', 0, 0, 9, 9},
                        1));
        Dataset<Row> both = session().read().format("zipmap").load(folder + "/*.npz");
        assertThat(both.orderBy("x").collectAsList()).hasToString("[[1,ab], [2,cde]]");
        Zips.deflated(folder.resolve("three.npz"), "a.npy", Zips.npy("[('y', '<i2'), ('s', '|S2')]", new byte[4], 1));
        Errors.named(
                Condition.ARRAYS_DISAGREE,
                () -> session().read().format("zipmap").load(folder + "/*.npz"));
    }

    @Test
    void rawEntriesAreOfAnyDtypeThatCanBeSaid() throws IOException {
        byte[] bytes = structures();
        Zips.deflated(folder.resolve("raw.zip"), "a.dat", bytes);
        assertThat(raw("dtype", STRUCTURE).collectAsList())
                .isEqualTo(structureTable().collectAsList());
        assertThat(raw("dtype", "S43").where("_row = 99").collectAsList().get(0).getString(0))
                .endsWith("099");
        Zips.deflated(folder.resolve("raw.zip"), "a.dat", new byte[] {0, 0, 0, 'a', 0, 0, 0, 'b'});
        assertThat(raw("dtype", "U1", "byteOrder", "big").collectAsList()).hasToString("[[a], [b]]");
        assertThat(raw("dtype", "[('a', 'U1')]", "byteOrder", "big").collectAsList())
                .hasToString("[[a], [b]]");
        assertThat(raw("dtype", ">U2").collectAsList()).hasToString("[[ab]]");
        Zips.deflated(folder.resolve("raw.zip"), "a.dat", longs(1, NAT));
        assertThat(raw("dtype", "datetime64[D]").collectAsList()).hasToString("[[1970-01-02T00:00], [null]]");
        assertThat(raw("dtype", "complex64", "shape", "1,2").collectAsList())
                .hasToString("[[[1.4E-45,0.0],[0.0,-0.0]]]");
        Errors.named(Condition.OPTION_INVALID, () -> raw("dtype", "[('a', '|O')]"));
        Errors.named(Condition.SHAPE_MISMATCH, () -> raw("dtype", "S3"));
    }

    private Dataset<Row> raw(String... options) {
        DataFrameReader reader = session().read().format("zipmap");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.resolve("raw.zip").toString());
    }

    @Test
    void aDtypeThatIsSaidMustBeThatOfTheHeader() throws IOException {
        Path file = folder.resolve("a.npz");
        Zips.deflated(file, "a.npy", Zips.npy("[('a', '>i2'), ('b', '|S2')]", new byte[8], 2));
        DataFrameReader reader = session().read().format("zipmap");
        for (String same : List.of("[('a', '>i2'), ('b', 'S2')]", "[('a', 'i2'), ('b', 'S2')]")) {
            assertThat(reader.option("dtype", same).load(file.toString()).count())
                    .isEqualTo(2);
        }
        for (String other : List.of(
                "[('a', '<i2'), ('b', 'S2')]", "[('a', 'i2'), ('b', 'S3')]", "[('b', 'i2'), ('a', 'S2')]", "S4")) {
            Errors.named(
                    Condition.OPTION_INVALID,
                    () -> reader.option("dtype", other).load(file.toString()));
        }
    }
}
