package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Incremental runs and queries detect changed archives of the same length and modification time. */
class SameTimesTest {
    private static final String AGE = "zipmap.settledAfterMillis";
    private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);
    private static final int COUNT = 600;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        write("same.zip", 1);
        write("replaced.zip", 1);
        write("copied.zip", 1);
        write("mended.zip", 1);
        Zips.corrupt(input.resolve("mended.zip"));
        Files.setLastModifiedTime(input.resolve("mended.zip"), TIME);
    }

    @AfterEach
    void settledAsEver() {
        System.clearProperty(AGE);
    }

    private Path write(String name, int from) throws IOException {
        Path file = Zips.stored(input.resolve(name), "x.npy", Zips.npy(COUNT, from, COUNT));
        return Files.setLastModifiedTime(file, TIME);
    }

    private Run incremental() throws IOException {
        return Run.of(
                SPARK.session(), Option.INPUT, input, Option.OUTPUT, folder.resolve("out"), Option.INCREMENTAL, "true");
    }

    private static double sum(Run run, String name) {
        return run.statsByColumn().get(name).getAs("sum");
    }

    private static double expected(int from) {
        return (double) COUNT * from + (double) COUNT * (COUNT - 1) / 2;
    }

    @Test
    void anArchiveReplacedWithTheSameLengthAndTimeIsProcessedButACopyIsNot() throws IOException {
        incremental();
        write("replaced.zip", 5);
        Path copy = Files.copy(input.resolve("copied.zip"), folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, input.resolve("copied.zip"), StandardCopyOption.REPLACE_EXISTING);
        Run run = incremental();
        assertThat(run.summary.changes()).contains(new ChangeCounts(3, 0, 1, 0, 0));
        assertThat(sum(run, "replaced.zip!x.npy value")).isEqualTo(expected(5));
        assertThat(sum(run, "copied.zip!x.npy value")).isEqualTo(expected(1));
        assertThat(incremental().summary.changes()).contains(new ChangeCounts(4, 0, 0, 0, 0));
    }

    @Test
    void aBadFileReplacedByAnArchiveOfTheSameLengthAndTimeIsProcessed() throws IOException {
        Path file = input.resolve("replaced.zip");
        byte[] zip = Files.readAllBytes(file);
        Files.write(file, new byte[zip.length]);
        Files.setLastModifiedTime(file, TIME);
        assertThat(incremental().conditionsByName()).containsKey("replaced.zip");
        assertThat(incremental().summary.changes()).contains(new ChangeCounts(4, 0, 0, 0, 0));
        Files.write(file, zip);
        Files.setLastModifiedTime(file, TIME);
        Run run = incremental();
        assertThat(run.summary.changes()).contains(new ChangeCounts(3, 0, 1, 0, 0));
        assertThat(sum(run, "replaced.zip!x.npy value")).isEqualTo(expected(1));
    }

    @Test
    void aBareArrayThatWasWrittenRecentlyIsProcessedAgain() throws IOException {
        Path file = Files.write(input.resolve("a.npy"), Zips.npy(COUNT, 1, COUNT));
        incremental();
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, Zips.npy(COUNT, 7, COUNT));
        Files.setLastModifiedTime(file, time);
        Run run = incremental();
        assertThat(run.summary.changes()).contains(new ChangeCounts(4, 0, 0, 1, 0));
        assertThat(sum(run, "a.npy value")).isEqualTo(expected(7));
        System.setProperty(AGE, "0");
        assertThat(incremental().summary.changes()).contains(new ChangeCounts(4, 0, 0, 1, 0));
        assertThat(incremental().summary.changes()).contains(new ChangeCounts(5, 0, 0, 0, 0));
    }

    @Test
    void aTableOfTheOutputIsNotReadFromAnArchiveOfTheSameLengthAndTime() throws IOException {
        Files.delete(input.resolve("mended.zip"));
        incremental();
        Row sum = load().selectExpr("sum(value)").head();
        assertThat(sum.getDouble(0)).isEqualTo(3 * expected(1));
        write("replaced.zip", 5);
        assertThatThrownBy(() -> load().selectExpr("sum(value)").head())
                .hasStackTraceContaining(Condition.SOURCE_CHANGED.label())
                .hasStackTraceContaining("replaced.zip");
    }

    private Dataset<Row> load() {
        return SPARK.session()
                .read()
                .format("zipmap")
                .load(folder.resolve("out").toString());
    }
}
