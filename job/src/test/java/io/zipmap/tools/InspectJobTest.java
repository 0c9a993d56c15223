package io.zipmap.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InspectJobTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private long failures;

    @BeforeEach
    void write() throws IOException {
        Zips.deflated(folder.resolve("a.npz"), "dir/x\u001b[31m.npy", Zips.npy(300, 10, 100, 3));
        Zips.stored(folder.resolve("b.zip"), "raw.dat", Zips.floats(8, 0));
        Files.write(folder.resolve("c.npy"), Zips.npy(4, 0, 4));
        Files.writeString(folder.resolve("d.zip"), "no archive at all, only a little text");
    }

    private List<String> inspect(Object... more) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        failures = InspectJob.of(TestOptions.of(Option.INPUT, folder).and(more).values())
                .print(SPARK.session(), out);
        out.flush();
        return text.toString()
                .lines()
                .map(line -> line.replace("file://" + folder + "/", ""))
                .sorted()
                .toList();
    }

    @Test
    void textHasOnePrintableLineForEachEntry() throws IOException {
        List<String> lines = inspect(Option.DTYPE, "float32", Option.SHAPE, "-1,2");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("[ZIPMAP_NOT_AN_ARCHIVE] ").contains("d.zip");
        assertThat(lines.get(1))
                .matches("a\\.npz!dir/x\\\\u001b\\[31m\\.npy: float32 \\(100, 3\\) C, deflate, \\d+ of 1328 bytes");
        assertThat(lines.get(2)).isEqualTo("b.zip!raw.dat: float32 (4, 2) C, stored, 32 of 32 bytes");
        assertThat(lines.get(3)).startsWith("c.npy: float32 (4,) C, ").endsWith("144 of 144 bytes");
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void jsonHasOneObjectALine() throws IOException {
        List<String> lines = inspect(Option.JSON, "true");
        SparkSession session = SPARK.session();
        List<Row> rows = session.read()
                .schema(InspectRow.SCHEMA)
                .json(session.createDataset(lines, Encoders.STRING()))
                .orderBy("archive")
                .collectAsList();
        assertThat(rows.stream().map(Run::nameOf))
                .containsExactly("a.npz!dir/x\u001b[31m.npy", "b.zip!raw.dat", "c.npy", "d.zip");
        assertThat(rows.stream().map(row -> row.<String>getAs("shape")))
                .containsExactly("(100, 3)", null, "(4,)", null);
        assertThat(rows.stream().map(row -> row.<String>getAs("condition")))
                .containsExactly(null, "ZIPMAP_LAYOUT_REQUIRED", null, "ZIPMAP_NOT_AN_ARCHIVE");
        assertThat(rows.get(0).<Long>getAs("size")).isEqualTo(1328);
        assertThat(failures).isEqualTo(2);
    }

    @Test
    void entriesAreChosenByAGlob() throws IOException {
        Files.delete(folder.resolve("d.zip"));
        assertThat(inspect(Option.ENTRIES, "*.npy")).hasSize(2);
        assertThat(inspect(Option.ENTRIES, "raw.{dat,bin}", Option.DTYPE, "<i2"))
                .hasSize(1)
                .allMatch(line -> line.contains("int16 (16,)"));
        assertThat(failures).isZero();
    }

    @Test
    void nothingIsExtracted() throws IOException {
        Zips.corrupt(Zips.stored(folder.resolve("b.zip"), "raw.dat", Zips.floats(8, 0)));
        assertThat(inspect(Option.DTYPE, "float32")).hasSize(4);
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void anInputIsRequired() {
        assertThat(Errors.named(
                        Condition.OPTION_INVALID,
                        () -> InspectJob.of(TestOptions.of().values())))
                .hasMessageContaining("--input");
    }

    @Test
    void aFailureIsALineToo() throws IOException {
        Files.delete(folder.resolve("d.zip"));
        Files.createSymbolicLink(folder.resolve("e.npz"), Path.of("gone.npz"));
        Files.createSymbolicLink(folder.resolve("f.npz"), Path.of("/dev/zero"));
        assertThat(inspect(Option.DTYPE, "float32").subList(0, 2))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("[ZIPMAP_SOURCE_MISSING] ")
                                .contains("e.npz", "gone.npz"),
                        line -> assertThat(line)
                                .startsWith("[ZIPMAP_SOURCE_NOT_A_FILE] ")
                                .contains("f.npz"));
        assertThat(failures).isEqualTo(2);
    }
}
