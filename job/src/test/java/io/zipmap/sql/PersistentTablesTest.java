package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in Spark's catalog, and other statements that name the source. */
class PersistentTablesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    Path folder;

    private Path archive;

    @BeforeEach
    void write() throws IOException {
        archive = Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(8, 0, 4, 2));
    }

    @AfterEach
    void drop() {
        sql("DROP TABLE IF EXISTS pt");
        sql("DROP TABLE IF EXISTS pt2");
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private static List<Row> sql(String format, Object... values) {
        return session().sql(String.format(format, values)).collectAsList();
    }

    private static boolean exists() {
        return session().catalog().tableExists("pt");
    }

    @Test
    void aTableThatSqlCreatesIsReadDescribedRefreshedAndDropped() {
        sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s', columns 'a,b')", archive);
        assertThat(sql("SELECT count(*), sum(a), max(_row) FROM pt")).hasToString("[[4,12.0,3]]");
        assertThat(session().table("pt").where("b > 2").count()).isEqualTo(3);
        assertThat(sql("DESCRIBE pt")).hasToString("[[a,float,null], [b,float,null]]");
        assertThat(sql("DESCRIBE EXTENDED pt").toString())
                .contains("_archive", "Location,file:" + archive, "Provider,zipmap", "4 rows");
        assertThat(sql("SHOW CREATE TABLE pt").toString()).contains("USING zipmap", "'columns' = 'a,b'");
        sql("REFRESH TABLE pt");
        session().catalog().refreshTable("pt");
        sql("DROP TABLE pt");
        assertThat(exists()).isFalse();
    }

    @Test
    void aTableThatTheCatalogsInterfaceCreatesIsOneToo() throws AnalysisException {
        assertThat(session()
                        .catalog()
                        .createTable("pt", archive.toString(), "zipmap")
                        .count())
                .isEqualTo(4);
        assertThat(exists()).isTrue();
        assertThat(session().catalog().listColumns("pt").collectAsList()).hasSize(2);
        sql("DROP TABLE pt");
        session()
                .catalog()
                .createTable(
                        "pt", "zipmap", Map.of("input", archive.toString(), "PROVENANCE", "true", "columns", "u,..."));
        assertThat(sql("SELECT * EXCEPT (_archive) FROM pt WHERE _archive LIKE '%%a.npz' AND _row = 1"))
                .hasToString("[[2.0,x.npy,1]]");
        assertThat(sql("DESCRIBE pt")).hasSize(4);
        sql("DROP TABLE pt");
        assertThat(exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DESCRIBE pt",
                "DESCRIBE EXTENDED pt",
                "REFRESH TABLE pt",
                "SHOW CREATE TABLE pt",
                "SHOW TBLPROPERTIES pt",
                "SHOW COLUMNS IN pt",
                "EXPLAIN SELECT count(*) FROM pt",
                "ALTER TABLE pt SET TBLPROPERTIES ('k' = 'v')",
                "COMMENT ON TABLE pt IS 'gone'",
                "ALTER TABLE pt RENAME TO pt2",
                "DROP TABLE pt",
                "DROP TABLE IF EXISTS pt"
            })
    void withoutItsArchivesOnlyAQueryFails(String statement) throws IOException {
        sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s') TBLPROPERTIES ('pathh' = 'x', 'dtype' = 'y')", archive);
        Files.delete(archive);
        for (String query : List.of("SELECT * FROM pt", "SELECT count(*) FROM pt", "SELECT 1 FROM pt LIMIT 1")) {
            assertThat(Errors.named(Condition.INPUT_MISSING, () -> sql(query))).hasMessageContaining("a.npz");
        }
        sql(statement);
        assertThat(exists()).isEqualTo(!statement.contains("DROP") && !statement.contains("RENAME"));
    }

    @Test
    void alteringATableChangesWhereItIsReadAndNotWhatItIs() throws IOException {
        Path other = Zips.stored(folder.resolve("b.npz"), "x.npy", Zips.npy(20, 0, 10, 2));
        sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s')", archive);
        sql("ALTER TABLE pt SET LOCATION '%s'", other);
        assertThat(sql("SELECT count(*) FROM pt")).hasToString("[[10]]");
        sql("ALTER TABLE pt RENAME TO pt2");
        assertThat(sql("SELECT count(*) FROM pt2")).hasToString("[[10]]");
        sql("ALTER TABLE pt2 ADD COLUMNS (more INT)");
        assertThat(Errors.named(Condition.COLUMNS_CHANGED, () -> sql("SELECT count(*) FROM pt2")))
                .hasMessageContaining("column 2; expected: more INT; actual: none");
        sql("ALTER TABLE pt2 SET TBLPROPERTIES ('option.columns' = 'u,v')");
        assertThat(Errors.named(Condition.COLUMNS_CHANGED, () -> sql("SELECT count(*) FROM pt2")))
                .hasMessageContaining("column 0; expected: c0 FLOAT NOT NULL; actual: u FLOAT NOT NULL");
        sql("DROP TABLE pt2");
    }

    @Test
    void whatIsWrongIsSaidWhenTheTableIsCreated() {
        assertThat(Errors.named(
                        Condition.OPTION_INVALID,
                        () -> sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s', colums 'a')", archive)))
                .hasMessageContaining("Unknown option: colums. Did you mean columns?");
        Errors.named(Condition.OPTION_INVALID, () -> sql("CREATE TABLE pt USING zipmap"));
        Errors.named(
                Condition.INPUT_MISSING, () -> sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s')", folder + "/no"));
        assertThat(exists()).isFalse();
    }

    @Test
    void columnsThatAreGivenMustBeThoseOfTheArrays() {
        sql("CREATE TABLE pt (c0 FLOAT, c1 FLOAT) USING zipmap OPTIONS (path '%s')", archive);
        assertThat(sql("SELECT sum(c1) FROM pt")).hasToString("[[16.0]]");
        Dataset<Row> doubles =
                session().read().format("zipmap").schema("c0 DOUBLE, c1 DOUBLE").load(archive.toString());
        assertThat(Errors.named(Condition.COLUMNS_CHANGED, doubles::count)).hasMessageContaining("expected: c0 DOUBLE");
    }

    @ParameterizedTest
    @EnumSource
    void savingSaysThatTheSourceIsReadOnly(SaveMode mode) {
        DataFrameWriter<Row> writer =
                session().range(3).toDF().write().format("zipmap").mode(mode);
        readOnly(() -> writer.save(folder.resolve("out").toString()));
        readOnly(() -> writer.save(archive.toString()));
        readOnly(() -> writer.saveAsTable("pt"));
        assertThat(exists()).isFalse();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void insertingSaysSoToo() {
        sql("CREATE TABLE pt USING zipmap OPTIONS (path '%s')", archive);
        readOnly(() -> sql("INSERT INTO pt VALUES (1, 2)"));
        readOnly(() -> sql("INSERT OVERWRITE pt VALUES (1, 2)"));
        readOnly(() -> session().table("pt").write().insertInto("pt"));
        readOnly(() -> session().table("pt").writeTo("pt").append());
        readOnly(() -> sql("CREATE TABLE pt2 USING zipmap AS SELECT 1 AS a"));
        assertThatThrownBy(() -> session().range(1).write().format("zipmap").saveAsTable("pt"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("TABLE_OR_VIEW_ALREADY_EXISTS");
        assertThat(sql("SELECT count(*) FROM pt")).hasToString("[[4]]");
        assertThat(session().catalog().tableExists("pt2")).isFalse();
    }

    private static void readOnly(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(Errors.named(Condition.WRITE_UNSUPPORTED, call)).hasMessageContaining("read-only");
    }
}
