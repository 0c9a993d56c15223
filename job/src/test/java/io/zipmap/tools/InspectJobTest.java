package io.zipmap.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** The lines, which are the same from threads and from Spark. */
    private List<String> inspect(Object... more) throws IOException {
        return inspectInput(folder, more);
    }

    private List<String> inspectInput(Object input, Object... more) throws IOException {
        InspectJob job =
                InspectJob.of(TestOptions.of(Option.INPUT, input).and(more).values());
        StringWriter text = new StringWriter();
        failures = job.printInThreads(new PrintWriter(text), Progress.NONE).getAsLong();
        StringWriter onSpark = new StringWriter();
        assertThat(job.print(SPARK.session(), new PrintWriter(onSpark), Progress.NONE))
                .isEqualTo(failures);
        assertThat(onSpark).hasToString(text.toString());
        return text.toString()
                .lines()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void textHasOnePrintableLineForEachEntry() throws IOException {
        List<String> lines = inspect(Option.DTYPE, "float32", Option.SHAPE, "-1,2");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .matches("a\\.npz!dir/x\\\\u001b\\[31m\\.npy: float32 \\(100, 3\\) C, deflate, \\d+ of 1328 bytes");
        assertThat(lines.get(1)).isEqualTo("b.zip!raw.dat: float32 (4, 2) C, stored, 32 of 32 bytes");
        assertThat(lines.get(2)).startsWith("c.npy: float32 (4,) C, ").endsWith("144 of 144 bytes");
        assertThat(lines.get(3)).startsWith("[ZIPMAP_NOT_AN_ARCHIVE] ").contains("d.zip");
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void jsonHasOneObjectALine() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : inspect(Option.JSON, "true")) {
            rows.add(new ObjectMapper().readTree(line));
        }
        assertThat(rows.stream().map(row -> row.get("archive").asText() + "!" + row.get("entry")))
                .containsExactly("a.npz!\"dir/x\\u001B[31m.npy\"", "b.zip!\"raw.dat\"", "c.npy!null", "d.zip!null");
        assertThat(rows.stream().map(row -> row.get("shape").toString()))
                .containsExactly("[100,3]", "null", "[4]", "null");
        assertThat(rows.stream().map(row -> row.get("condition").asText()))
                .containsExactly("null", "ZIPMAP_LAYOUT_REQUIRED", "null", "ZIPMAP_NOT_AN_ARCHIVE");
        JsonNode first = rows.get(0);
        assertThat(first.get("size").isIntegralNumber()).isTrue();
        assertThat(first.get("size").asLong()).isEqualTo(1328);
        assertThat(first.get("superseded").isBoolean()).isTrue();
        assertThat(first.get("following").asLong(-1)).isZero();
        assertThat(first.properties()).hasSize(13).hasSameSizeAs(rows.get(3).properties());
        assertThat(failures).isEqualTo(2);
    }

    @Test
    void archivesAreShownAsPeopleWriteThem() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("100% größe #1?"));
        Path archive = Zips.stored(odd.resolve("a b.npz"), "x.npy", Zips.npy(4, 0, 4));
        Files.writeString(odd.resolve("bad 1%.zip"), "no archive");
        List<String> lines = inspectInput(odd);
        assertThat(lines.get(0)).startsWith("100% größe #1?/a b.npz!x.npy: ");
        assertThat(lines.get(1)).contains("archive: 100% größe #1?/bad 1%.zip");
        assertThat(inspectInput(odd, Option.JSON, "true").get(0)).contains("\"100% größe #1?/a b.npz\"");
        assertThat(inspectInput(archive)).hasSize(1);
    }

    @Test
    void aListOfInputsIsReadWithoutSpark() throws IOException {
        Path list = Files.writeString(
                folder.resolve("list.txt"), "# archives\n\n  " + folder + "/c.npy  \n" + folder + "/a.npz\n");
        assertThat(inspectInput("@" + list)).hasSize(2).first().asString().startsWith("a.npz!");
        Errors.named(Condition.INPUT_MISSING, () -> inspectInput("@" + folder + "/nowhere"));
        Files.writeString(list, "# nothing\n");
        Errors.named(Condition.INPUT_EMPTY, () -> inspectInput("@" + list));
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
        assertThat(inspect(Option.DTYPE, "float32").subList(3, 5))
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
