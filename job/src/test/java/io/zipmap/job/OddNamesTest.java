package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FormerViews;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import io.zipmap.tools.SampleJob;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders whose names have a meaning for Hadoop or Spark: globs, and colons, which can end a URI scheme. */
class OddNamesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        Zips.deflated(input.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private static Run run(Path input, Object output, String format) throws IOException {
        return Run.of(
                session(),
                Option.INPUT,
                input,
                Option.OUTPUT,
                output,
                Option.INCREMENTAL,
                "true",
                Option.TABLE_FORMAT,
                format);
    }

    private static List<String> archives(String table) {
        return session().table(table).select("archive").distinct().collectAsList().stream()
                .map(row -> row.getString(0).replaceAll(".*/", ""))
                .toList();
    }

    /** The decoy is a folder that the name would match as a glob. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "out[1],out1,parquet",
                "out[1],out1,json",
                "out[1],out1,csv",
                "out{a},outa,parquet",
                "out*,outer,orc",
                "o\\ut,out,parquet",
                "out[1:2],out1,csv"
            })
    void anOutputNameIsTakenLiterally(String name, String decoy, String format) throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Zips.deflated(other.resolve("b.zip"), "x.npy", Zips.npy(6, 50, 2, 3));
        run(other, folder.resolve(decoy), format);
        run(input, folder.resolve(name), format);
        String output = folder.resolve(name).toString();
        FormerViews.among(session(), List.of(output), format).orElseThrow().register();
        assertThat(archives("arrays")).containsExactly("a.zip");
        assertThat(archives("column_stats")).containsExactly("a.zip");
        assertThat(session()
                        .read()
                        .format("zipmap")
                        .load(output)
                        .agg(Map.of("c0", "min"))
                        .first()
                        .get(0))
                .isEqualTo(session()
                        .read()
                        .format("zipmap")
                        .load(input.toString())
                        .agg(Map.of("c0", "min"))
                        .first()
                        .get(0));
        Run again = run(input, folder.resolve(name), format);
        assertThat(again.summary.changes()).contains(new ChangeCounts(1, 0, 0, 0, 0));
        assertThat(again.arrays).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run_2024-01-01T10:00:00", ":"})
    void aRelativeOutputMayContainAColon(String name) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        String relative = here.relativize(folder) + "/" + name;
        run(input, relative, "parquet");
        assertThat(folder.resolve(name).resolve("arrays")).isDirectory();
        Run again = run(input, relative, "parquet");
        assertThat(again.summary.changes()).contains(new ChangeCounts(1, 0, 0, 0, 0));
    }

    /** In the working directory itself, so that no folder precedes the colon. */
    @Test
    void anOutputWithoutAFolderMayContainAColon() throws IOException {
        String name = "odd_" + folder.getFileName() + "_10:00";
        try {
            run(input, name, "parquet");
            assertThat(run(input, name, "parquet").summary.changes()).contains(new ChangeCounts(1, 0, 0, 0, 0));
        } finally {
            FileUtils.deleteDirectory(new File(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q[1]", "q_10:00"})
    void aResultFolderNameIsTakenLiterally(String name) throws IOException {
        Path results = folder.resolve(name);
        Run.of(session(), Option.INPUT, input, Option.SQL, "SELECT 1", Option.SQL_OUTPUT, results);
        assertThat(results.resolve("query-1").resolve("_SUCCESS")).exists();
        Errors.named(
                Condition.OUTPUT_EXISTS,
                () -> Run.of(session(), Option.INPUT, input, Option.SQL, "SELECT 1", Option.SQL_OUTPUT, results));
    }

    @ParameterizedTest
    @ValueSource(strings = {"li[s]t:1.txt", "a,b.txt", "x_10:00/list.txt"})
    void aListFileNameIsTakenLiterally(String name) throws IOException {
        Path list = folder.resolve(name);
        Files.createDirectories(list.getParent());
        Path odd = Files.createDirectories(folder.resolve("odd:in"));
        Files.copy(input.resolve("a.zip"), odd.resolve("run_10:00.zip"));
        Files.writeString(list, input + "\n" + odd + "/*.zip\n");
        assertThat(Run.of(session(), Option.INPUT, "@" + list).arrays).hasSize(2);
    }

    @Test
    void samplesAreWrittenIntoAFolderWithAColon() throws IOException {
        Path samples = folder.resolve("samples_10:00");
        SampleJob.of(TestOptions.of(
                                Option.OUTPUT,
                                samples,
                                Option.COUNT,
                                "2",
                                Option.DTYPE,
                                "float32",
                                Option.SHAPE,
                                "5,2",
                                Option.CONTAINER,
                                "npz")
                        .values())
                .writeMissing(session(), Progress.NONE);
        assertThat(Run.of(session(), Option.INPUT, samples).arrays).hasSize(2);
    }

    @Test
    void anOutputWithoutANameIsRefused() {
        Errors.named(Condition.OUTPUT_UNUSABLE, () -> run(input, "", "parquet"));
    }
}
