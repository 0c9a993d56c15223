package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
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
}
