package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.Queries;
import io.zipmap.job.SourceView;
import io.zipmap.job.SqlSettings;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The views of a session over archives: which are made when, and what is told of them. */
class SqlSessionTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    @AfterEach
    void dropViews() {
        List.of("elements", "members", "arrays").forEach(SPARK.session().catalog()::dropTempView);
    }

    /** An archive whose arrays form no table of elements. */
    private Path differing() throws IOException {
        return Zips.named(
                folder.resolve("xy.npz"),
                new String[] {"x.npy", "y.npy"},
                Zips.npy(6, 10, 2, 3),
                Zips.npy("<i8", new byte[16], 2));
    }

    private static SqlSession open(Object... options) throws ZipmapException {
        SparkSession spark = SPARK.session();
        SqlSettings settings = SqlSettings.of(TestOptions.of(options).values());
        return new SqlSession(
                spark,
                new Queries(spark, settings.results()),
                List.of(),
                SourceView.overArchives(spark, settings.views()),
                Progress.NONE,
                () -> {});
    }

    @Test
    void noArchiveIsLookedAtBeforeAQueryNamesAView() throws IOException {
        Path archive = folder.resolve("later.npz");
        SqlSession session = open(Option.INPUT, archive, Option.RESULT_FORMAT, "csv");
        session.run("SELECT 1");
        assertThat(session.columns().get("elements")).isEmpty();
        assertThat(session.columns().get("arrays")).contains("dtype", "shape");
        assertThat(session.describe())
                .startsWith("arrays  archive STRING, ")
                .contains("elements, members: each is made when a query first names it");
        Errors.named(Condition.INPUT_MISSING, () -> session.run("SELECT * FROM elements"));
        Errors.named(Condition.INPUT_MISSING, () -> session.makeFirstView(Optional.empty()));
        Zips.deflated(archive, "x.npy", Zips.npy(6, 10, 2, 3));
        session.run("SELECT sum(c0) FROM elements");
        assertThat(session.columns().get("elements")).startsWith("c0", "c1", "c2");
        assertThat(session.describe()).startsWith("elements  c0 FLOAT, c1 FLOAT, c2 FLOAT");
    }

    @Test
    void thePromptShowsWhatTheArraysForm() throws IOException {
        SqlSession session = open(Option.INPUT, differing(), Option.RESULT_FORMAT, "csv");
        session.makeFirstView(Optional.empty());
        assertThat(session.columns().get("elements")).isEmpty();
        assertThat(session.columns().get("members")).startsWith("x", "y");
        assertThat(session.describe())
                .startsWith("members  x ARRAY<FLOAT>, y BIGINT")
                .contains("elements: each is made when a query first names it");
        assertThat(Errors.named(Condition.ARRAYS_DISAGREE, () -> session.run("SELECT * FROM elements")))
                .hasMessageContaining("The table members has a column for each array");
        session.run("SELECT dtype FROM arrays");
    }

    @Test
    void namesOfColumnsAreForTheTableThatTheUserNames() throws IOException {
        Path archive = differing();
        SqlSession both = open(Option.INPUT, archive, Option.COLUMNS, "y", Option.ENTRIES, "*");
        both.makeFirstView(Optional.of("members"));
        assertThat(both.columns().get("members")).startsWith("y").doesNotContain("x");
        SqlSession one = open(Option.INPUT, archive, Option.COLUMNS, "y", Option.TABLE, "members", Option.ENTRIES, "x");
        one.run("SELECT sum(c2) FROM elements");
        assertThat(one.columns().get("elements")).startsWith("c0", "c1", "c2");
    }

    @Test
    void thePromptShowsTheTableThatTheUserNames() throws IOException {
        Path archive = Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 2, 3));
        SqlSession session = open(Option.INPUT, archive, Option.TABLE, "ARRAYS", Option.COLUMNS, "a,b,c");
        session.makeFirstView(Optional.of("arrays"));
        assertThat(session.describe()).contains("elements, members: each is made");
        session.run("SELECT entry, c2 FROM arrays, elements");
    }
}
