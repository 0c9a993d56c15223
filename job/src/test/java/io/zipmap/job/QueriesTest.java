package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.job.output.LazyView;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path archive;

    @BeforeEach
    void write() throws IOException {
        archive = Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    @Test
    void aSyntaxErrorIsNamedBeforeAnyWork() {
        Path output = folder.resolve("out");
        assertThat(Errors.named(
                        Condition.SQL_FAILED,
                        () -> Run.of(
                                session(),
                                Option.INPUT,
                                "/nowhere/at/all.zip",
                                Option.OUTPUT,
                                output,
                                Option.SQL,
                                "SELECT 1",
                                Option.SQL,
                                "SELEC 2")))
                .hasMessageStartingWith(
                        "[ZIPMAP_SQL_FAILED] Cannot run the query: SELEC 2; actual: [PARSE_SYNTAX_ERROR]");
        assertThat(output).doesNotExist();
    }

    @Test
    void aMissingTableIsNamed() {
        assertThat(Errors.named(
                        Condition.SQL_FAILED,
                        () -> Run.of(session(), Option.INPUT, archive, Option.SQL, "SELECT * FROM nowhere_at_all")))
                .hasMessageContaining("SELECT * FROM nowhere_at_all; actual: [TABLE_OR_VIEW_NOT_FOUND]")
                .message()
                .matches("(?s).*\\w\\.");
        assertThat(Errors.named(
                        Condition.SQL_FAILED,
                        () -> Run.of(session(), Option.INPUT, archive, Option.SQL, "SELECT nothing FROM arrays")))
                .hasMessageContaining("[UNRESOLVED_COLUMN")
                .message()
                .matches("(?s).*\\w\\.");
    }

    @Test
    void resultsAreWrittenByTheNumberOfTheQuery() throws IOException {
        Path results = folder.resolve("results");
        Run.of(
                session(),
                Option.INPUT,
                archive,
                Option.SQL_OUTPUT,
                results,
                Option.TABLE_FORMAT,
                "json",
                Option.SQL,
                "SELECT column, sum FROM column_stats",
                Option.SQL,
                "SELECT shape FROM arrays");
        assertThat(session().read().json(results + "/query-1").collectAsList().stream()
                        .map(row -> row.getAs("column") + "=" + row.getAs("sum")))
                .containsExactlyInAnyOrder("c0=23.0", "c1=25.0", "c2=27.0");
        assertThat(session().read().json(results + "/query-2").first().getList(0))
                .hasToString("[2, 3]");
        assertThat(Errors.named(
                        Condition.OUTPUT_EXISTS,
                        () -> new Queries(
                                        session(),
                                        QueryResults.of(TestOptions.of(Option.SQL_OUTPUT, results)
                                                .values()))
                                .requireValid(List.of())))
                .hasMessageContaining(results.toString());
    }

    @Test
    void allThreeTablesAreThereForQueries() throws IOException {
        Files.writeString(folder.resolve("b.zip"), "no archive at all, only a little text");
        Path results = folder.resolve("results");
        Run.of(
                session(),
                Option.INPUT,
                folder,
                Option.SQL_OUTPUT,
                results,
                Option.SQL,
                "SELECT count(*) AS n FROM arrays JOIN column_stats USING (archive, entry) UNION ALL"
                        + " SELECT count(*) FROM failures WHERE condition = 'ZIPMAP_NOT_AN_ARCHIVE'");
        assertThat(session().read().parquet(results + "/query-1").collectAsList().stream()
                        .map(row -> row.getLong(0)))
                .containsExactlyInAnyOrder(3L, 1L);
    }

    /** A view that counts how often it is made. */
    private static final class CountedView implements LazyView {
        private int made;

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public void register() {
            made++;
            session().range(3).createOrReplaceTempView(name());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | SELECT * FROM Counted",
                "1 | SELECT 1 WHERE 2 IN (SELECT id FROM counted)",
                "1 | WITH w AS (SELECT * FROM counted) SELECT * FROM w",
                "1 | WITH counted AS (SELECT * FROM counted) SELECT * FROM counted",
                "1 | EXPLAIN SELECT * FROM counted",
                "1 | DESCRIBE counted",
                "1 | CREATE OR REPLACE TEMPORARY VIEW over_counted AS SELECT * FROM counted",
                "1 | SHOW COLUMNS IN counted",
                "0 | SELECT 'counted' AS counted",
                "0 | WITH counted AS (SELECT 1) SELECT * FROM counted",
                "0 | SELECT * FROM range(1) AS counted",
                "0 | SHOW TABLES"
            })
    void aLazyViewIsMadeOnceIfAQueryNamesIt(int times, String query) throws IOException {
        CountedView view = new CountedView();
        session().catalog().dropTempView(view.name());
        try {
            Queries queries = new Queries(
                            session(),
                            QueryResults.of(
                                    TestOptions.of(Option.RESULT_FORMAT, "csv").values()))
                    .with(view);
            queries.run(List.of(query, query));
            assertThat(view.made).isEqualTo(times);
        } finally {
            session().catalog().dropTempView("over_counted");
            session().catalog().dropTempView(view.name());
        }
    }

    @Test
    void aLazyViewGoesBeforeATableOfThatNameAndAViewOfTheUserBeforeBoth() throws IOException {
        CountedView view = new CountedView();
        session().sql("CREATE TABLE counted USING parquet AS SELECT 7 AS seven");
        try {
            Path results = folder.resolve("results");
            Queries queries = new Queries(
                            session(),
                            QueryResults.of(
                                    TestOptions.of(Option.SQL_OUTPUT, results).values()))
                    .with(view);
            queries.run(List.of("SELECT * FROM counted"));
            session().sql("CREATE OR REPLACE TEMPORARY VIEW counted AS SELECT 8 AS eight");
            queries.run(List.of("SELECT * FROM counted"));
            assertThat(session().read().parquet(results + "/query-1").columns()).containsExactly("id");
            assertThat(session().read().parquet(results + "/query-2").columns()).containsExactly("eight");
        } finally {
            session().catalog().dropTempView("counted");
            session().sql("DROP TABLE counted");
        }
    }

    @Test
    void theArraysThatARunHasPublishedAndThoseThatAreThereHaveTwoNames() throws IOException {
        Path results = folder.resolve("results");
        Run.of(
                session(),
                Option.INPUT,
                archive,
                Option.SQL_OUTPUT,
                results,
                Option.SQL,
                "SELECT count(local_reads) AS n FROM arrays",
                Option.SQL,
                "SELECT sum(rows) AS s FROM live_arrays");
        assertThat(session().read().parquet(results + "/query-1").first().getLong(0))
                .isEqualTo(1);
        assertThat(session().read().parquet(results + "/query-2").first().getLong(0))
                .isEqualTo(2);
    }
}
