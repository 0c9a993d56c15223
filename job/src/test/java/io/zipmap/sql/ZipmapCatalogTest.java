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
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements over the catalog, each in a session that has only SQL. */
class ZipmapCatalogTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    private SparkSession session;

    @BeforeAll
    static void write() throws IOException {
        Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(folder.resolve("b.npz"), "x.npy", Zips.npy(12, 20, 4, 3));
        Zips.deflated(folder.resolve("raw.zip"), "y.dat", Zips.floats(12, 0));
        Files.createDirectory(folder.resolve("empty"));
    }

    /** Spark keeps the catalogs of a session, so that each test needs its own. */
    @BeforeEach
    void open() {
        session = SPARK.session().newSession();
        session.conf().set("spark.sql.catalog.zipmap", ZipmapCatalog.class.getName());
        SparkSession.setActiveSession(session);
    }

    @AfterEach
    void close() {
        SparkSession.setActiveSession(SPARK.session());
    }

    private List<String> rows(String query) {
        return session.sql(query.replace("FOLDER", folder.toString())).toJSON().collectAsList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT count(*) n, max(c0) m FROM zipmap.elements.`FOLDER/*.npz` | {\"n\":6,\"m\":29.0}",
                "SELECT max(x[2]) m FROM zipmap.members.`FOLDER/*.npz` WHERE _row = 1 | {\"m\":25.0}",
                "SELECT sum(rows) n FROM zipmap.arrays.`FOLDER/*.npz` | {\"n\":6}",
                "SELECT sum(c1) s FROM zipmap.ELEMENTS.`FOLDER/a.npz` | {\"s\":25.0}",
                "SELECT e._row r FROM zipmap.elements.`FOLDER/{a,b}.npz` e WHERE e.c0 = 26 | {\"r\":2}",
                "SELECT count(*) n FROM zipmap.elements.`FOLDER/a.npz` a JOIN zipmap.elements.`FOLDER/b.npz` b"
                        + " ON a._row = b._row | {\"n\":2}",
            })
    void aPathIsATable(String query, String row) {
        assertThat(rows(query)).containsExactly(row);
    }

    @Test
    void aStatementSeesTheColumnsAsTheyAre() throws IOException {
        Path changing = folder.resolve("changing");
        Files.createDirectory(changing);
        Zips.deflated(changing.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 2, 3));
        String query = "SELECT * FROM zipmap.elements.`" + changing + "`";
        assertThat(session.sql(query).columns()).hasSize(3);
        Zips.deflated(changing.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 3, 2));
        assertThat(session.sql(query).columns()).hasSize(2);
        assertThat(session.sql(query).count()).isEqualTo(3);
    }

    @Test
    void optionsComeFromTheConfigurationAndBeforeItFromTheCatalog() {
        String query = "SELECT * FROM zipmap.elements.`" + folder + "/raw.zip`";
        Errors.named(Condition.LAYOUT_REQUIRED, () -> session.sql(query));
        session.conf().set("spark.zipmap.dtype", "float32");
        session.conf().set("spark.zipmap.shape", "-1,3");
        session.conf().set("spark.zipmap.table", "arrays");
        session.conf().set("spark.zipmap.input", "/nowhere.zip");
        assertThat(session.sql(query).columns()).hasSize(3);
        session.conf().set("spark.sql.catalog.zipmap4", ZipmapCatalog.class.getName());
        session.conf().set("spark.sql.catalog.zipmap4.shape", "-1,4");
        assertThat(session.sql(query.replace("zipmap.", "zipmap4.")).columns()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"path, /data", "table, members", "input, /data", "unknown, 1", "allowedRoots, /"})
    void anOptionThatACatalogCannotHaveIsNamed(String option, String value) {
        session.conf().set("spark.sql.catalog.wrong", ZipmapCatalog.class.getName());
        session.conf().set("spark.sql.catalog.wrong." + option, value);
        assertThat(Errors.named(Condition.OPTION_INVALID, () -> rows("SELECT * FROM wrong.elements.`FOLDER/a.npz`")))
                .hasMessageContaining(option);
    }

    @ParameterizedTest
    @CsvSource({
        "TABLE_OR_VIEW_NOT_FOUND, SELECT * FROM zipmap.elements.`/nowhere/a.npz`",
        "TABLE_OR_VIEW_NOT_FOUND, SELECT * FROM zipmap.nothing.`FOLDER/a.npz`",
        "TABLE_OR_VIEW_NOT_FOUND, SELECT * FROM zipmap.elements.more.`FOLDER/a.npz`",
        "SCHEMA_NOT_FOUND, USE zipmap.nothing",
        "SCHEMA_NOT_FOUND, SHOW TABLES IN zipmap.nothing",
        "UNRESOLVED_COLUMN.WITH_SUGGESTION, SELECT nothing FROM zipmap.elements.`FOLDER/a.npz`"
    })
    void whatIsNotThereIsSparksOwnError(String condition, String query) {
        assertThatThrownBy(() -> rows(query))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.getCondition()).isEqualTo(condition));
    }

    @Test
    void sparksErrorOfAMissingPathCarriesOurs() {
        ZipmapCatalog catalog = new ZipmapCatalog();
        Identifier table = Identifier.of(new String[] {"elements"}, "/nowhere/a.npz");
        assertThatThrownBy(() -> catalog.loadTable(table))
                .isInstanceOfSatisfying(
                        NoSuchTableException.class,
                        e -> assertThat(e.getSuppressed()[0])
                                .hasMessageContaining(Condition.INPUT_MISSING.label())
                                .hasMessageContaining("/nowhere/a.npz"));
    }

    @Test
    void whatCannotBeReadIsANamedError() {
        Errors.named(Condition.INPUT_EMPTY, () -> rows("SELECT * FROM zipmap.elements.`FOLDER/empty`"));
        Errors.named(Condition.INPUT_EMPTY, () -> rows("SELECT * FROM zipmap.elements.`FOLDER/nothing*.npz`"));
        Errors.named(Condition.INPUT_MISSING, () -> rows("SELECT * FROM zipmap.elements.`@FOLDER/nothing.txt`"));
        session.conf().set("spark.zipmap.allowedRoots", folder + "/empty");
        Errors.named(Condition.INPUT_NOT_ALLOWED, () -> rows("SELECT * FROM zipmap.elements.`FOLDER/a.npz`"));
        Errors.named(Condition.INPUT_NOT_ALLOWED, () -> rows("SELECT * FROM zipmap.elements.`/nowhere/a.npz`"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE zipmap.elements.t (a INT)",
                "CREATE TABLE zipmap.elements.t AS SELECT 1",
                "CREATE NAMESPACE zipmap.more",
                "ALTER NAMESPACE zipmap.elements SET PROPERTIES ('a' = 'b')",
                "ALTER TABLE zipmap.elements.`FOLDER/a.npz` SET TBLPROPERTIES ('a' = 'b')",
                "ALTER TABLE zipmap.elements.`FOLDER/a.npz` RENAME TO zipmap.elements.b",
                "DROP TABLE zipmap.elements.`FOLDER/a.npz`",
                "DROP NAMESPACE zipmap.elements",
                "INSERT INTO zipmap.elements.`FOLDER/a.npz` SELECT 1F, 2F, 3F"
            })
    void nothingIsWritten(String statement) {
        assertThat(Errors.named(Condition.WRITE_UNSUPPORTED, () -> rows(statement)))
                .hasMessageContaining("read-only");
        assertThat(folder.resolve("a.npz")).exists();
    }

    @Test
    void namespacesAreListedAndTablesAreNot() {
        assertThat(rows("SHOW NAMESPACES IN zipmap"))
                .containsExactly(
                        "{\"namespace\":\"elements\"}", "{\"namespace\":\"members\"}", "{\"namespace\":\"arrays\"}");
        assertThat(rows("SHOW TABLES IN zipmap.members")).isEmpty();
        assertThat(rows("DROP TABLE IF EXISTS zipmap.elements.`/nowhere/a.npz`"))
                .isEmpty();
        assertThat(session.catalog().tableExists("zipmap.elements.`/nowhere/a.npz`"))
                .isFalse();
        assertThat(session.catalog().tableExists("zipmap.elements.`" + folder + "/a.npz`"))
                .isTrue();
        assertThat(rows("SHOW COLUMNS IN zipmap.elements.`FOLDER/a.npz`")).hasSize(3);
        assertThat(rows("DESCRIBE TABLE EXTENDED zipmap.elements.`FOLDER/a.npz`"))
                .anyMatch(row -> row.contains("_archive"));
        rows("USE zipmap");
        assertThat(rows("SELECT max(c2) m FROM `FOLDER/a.npz`")).containsExactly("{\"m\":15.0}");
    }
}
