package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The views in a session with the rule, as the command line makes it. */
class HiddenColumnsRuleTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    private static SparkSession session;

    @BeforeAll
    static void register() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(folder.resolve("b.zip"), "x.npy", Zips.npy(12, 20, 4, 3));
        SparkSession shared = SPARK.session();
        session = SPARK.sessionWith(new ZipmapExtensions());
        assertThat(session.sparkContext()).isSameAs(shared.sparkContext());
        session.read().format("zipmap").load(folder.toString()).createOrReplaceTempView("elements");
        for (String table : List.of("members", "arrays")) {
            session.read()
                    .format("zipmap")
                    .option("table", table)
                    .load(folder.toString())
                    .createOrReplaceTempView(table);
        }
        session.range(3).createOrReplaceTempView("other");
        session.sql("CREATE TEMPORARY VIEW inner_rows AS SELECT _row AS r, c0 FROM elements");
    }

    @AfterAll
    static void drop() {
        for (String view : List.of("elements", "members", "arrays", "other", "inner_rows")) {
            session.catalog().dropTempView(view);
        }
    }

    private static List<String> rows(String query) {
        return session.sql(query).toJSON().collectAsList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT count(*) n FROM elements WHERE _row < 2 | {\"n\":4}",
                "SELECT _entry, count(*) n FROM elements GROUP BY _entry | {\"_entry\":\"x.npy\",\"n\":6}",
                "SELECT max(e._row) m FROM elements e | {\"m\":3}",
                "SELECT max(Elements._row) m FROM ELEMENTS | {\"m\":3}",
                "SELECT count(*) n FROM elements a JOIN elements b ON a._row = b._row AND a._archive < b._archive"
                        + " | {\"n\":2}",
                "SELECT count(*) n FROM elements a JOIN other ON a._row = id | {\"n\":5}",
                "SELECT sum(r) s FROM inner_rows | {\"s\":7}",
                "SELECT sum(rows) n FROM arrays WHERE _archive LIKE '%a.zip' AND _entry = entry | {\"n\":2}",
                "SELECT max(_row) m, max(x[1]) v FROM members m WHERE m._archive LIKE '%a.zip' | {\"m\":1,\"v\":14.0}",
                "WITH elements AS (SELECT 7 AS seven) SELECT * FROM elements | {\"seven\":7}",
                "WITH w AS (SELECT *, _row FROM elements) SELECT max(_row) m FROM w | {\"m\":3}",
                // Not the row of the query around it.
                "SELECT count(*) n FROM elements o WHERE EXISTS (SELECT 1 FROM elements WHERE _row = 3)"
                        + " | {\"n\":6}",
                "SELECT count(*) n FROM elements o WHERE _row = (SELECT max(_row) FROM elements) | {\"n\":1}",
                "SELECT count(*) n FROM elements o WHERE EXISTS"
                        + " (SELECT 1 FROM elements i WHERE i._row = o._row + 2) | {\"n\":4}"
            })
    void hiddenColumnsHaveTheirNames(String query, String row) {
        assertThat(rows(query)).containsExactly(row);
    }

    @Test
    void aStarLeavesThemOut() {
        for (String query : List.of(
                "SELECT * FROM elements",
                "SELECT elements.* FROM elements",
                "SELECT e.* FROM elements e JOIN elements f ON e._row = f._row",
                "SELECT * FROM (SELECT * FROM elements)")) {
            assertThat(session.sql(query).columns()).as(query).containsExactly("c0", "c1", "c2");
        }
        assertThat(session.sql("SELECT *, _row FROM elements").columns()).containsExactly("c0", "c1", "c2", "_row");
        assertThat(session.sql("DESCRIBE elements").count()).isEqualTo(3);
        assertThat(session.sql("SHOW TABLES").toJSON().collectAsList()).anyMatch(row -> row.contains("\"elements\""));
    }

    @Test
    void filtersOnThemArePushedDown() {
        assertThat(session.sql("SELECT c0 FROM elements WHERE _row < 2 AND _archive LIKE '%a.zip'")
                        .queryExecution()
                        .executedPlan()
                        .toString())
                .contains("_row < 2")
                .doesNotContain("Filter (");
    }

    @Test
    void sessionsWithoutTheRuleAreAsBefore() {
        SPARK.session().read().format("zipmap").load(folder.toString()).createOrReplaceTempView("elements");
        try {
            assertThatThrownBy(() -> SPARK.session().sql("SELECT _row FROM elements"))
                    .isInstanceOf(AnalysisException.class);
        } finally {
            SPARK.session().catalog().dropTempView("elements");
        }
    }
}
