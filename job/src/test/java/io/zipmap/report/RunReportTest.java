package io.zipmap.report;

import static io.zipmap.testing.FolderListing.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.IoRunnable;
import io.zipmap.ZipmapException;
import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Report;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final String HOSTILE = "</script><script>alert(1)</script>.npy";

    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path page;

    @BeforeEach
    void prepare() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        page = output.resolve("_report/index.html");
        Zips.deflated(input.resolve("a.zip"), HOSTILE, Zips.npy(6, 10, 2, 3));
    }

    private void run(IoRunnable check, Object... more) throws IOException {
        run(check, List.of(), more);
    }

    /** @param totals receives the rows of {@code total_stats} */
    private void run(IoRunnable check, List<Row> totals, Object... more) throws IOException {
        OptionValues values = TestOptions.of(Option.INPUT, input, Option.OUTPUT, output)
                .and(more)
                .values();
        RunReport report = RunReport.listening(SPARK.session().sparkContext(), Command.RUN, values);
        new PipelineRun(SPARK.session(), RunSettings.of(values), check, report, Progress.NONE).run(() -> {
            new TotalStatsView(SPARK.session()).register();
            if (!totals.equals(List.of())) {
                totals.addAll(SPARK.session().table("total_stats").collectAsList());
            }
        });
    }

    @Test
    void aTextWithMarksAndTagsStaysATextOfThePage() throws IOException {
        String hostile = "</script><script>alert(1)</script><!-- @@SCRIPT@@ & \u2028\ud800";
        String json = ReportJson.text(out -> ReportJson.text(out, "name", hostile));
        String text = new String(ReportPage.of(json), StandardCharsets.UTF_8);
        assertThat(json).matches("\\p{ASCII}*").doesNotContain("<", ">", "&");
        assertThat(ReportPage.json(text)).isEqualTo(json);
        JsonNode read = new ObjectMapper().readTree(ReportPage.json(text));
        assertThat(read.get("name").asText()).isEqualTo(hostile);
    }

    @Test
    void thePageIsPublishedWithTheTablesOrNotAtAll() throws IOException {
        IoRunnable fails = () -> {
            throw new ZipmapException(Condition.MEMORY_GREW, "Cannot go on: test");
        };
        Errors.named(Condition.MEMORY_GREW, () -> run(fails));
        assertThat(names(folder)).containsExactly("in");
        run(() -> {});
        String first = Files.readString(page);
        assertThat(Report.read(page).at("/arrays/rows/0/1").asText()).isEqualTo(HOSTILE);
        assertThat(first).doesNotContain(HOSTILE);
        Errors.named(Condition.MEMORY_GREW, () -> run(fails, Option.OVERWRITE, "true"));
        assertThat(page).hasContent(first);

        Zips.deflated(input.resolve("b.zip"), "y.npy", Zips.npy(2, 10, 2));
        run(() -> {}, Option.INCREMENTAL, "true");
        assertThat(Report.read(page).at("/arrays/total").asInt()).isEqualTo(1);
        String second = Files.readString(page);
        run(() -> {}, Option.INCREMENTAL, "true");
        assertThat(page).hasContent(second);

        OptionValues values = TestOptions.of(Option.INPUT, input, Option.OUTPUT, output, Option.OVERWRITE, "true")
                .values();
        new PipelineRun(SPARK.session(), RunSettings.of(values)).run(null);
        assertThat(names(output)).containsExactly("_run", "array_stats", "arrays", "column_stats", "failures");
    }

    @Test
    void columnsHaveTheNumbersOfTotalStatsHoweverArraysAreCut() throws IOException {
        ByteBuffer floats = ByteBuffer.allocate(60_000 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 60_000; i++) {
            floats.putFloat(i % 1000 == 7 ? Float.NaN : 1e6f + (i * 7919L % 10_007) / 100f);
        }
        ByteBuffer times = ByteBuffer.allocate(6 * 8).order(ByteOrder.LITTLE_ENDIAN);
        // Each twice: of every second row the first is chosen by the name of the archive, which is of this test run.
        for (long time : new long[] {5, Long.MIN_VALUE, 7}) {
            times.putLong(time).putLong(time);
        }
        Zips.deflated(input.resolve("b.zip"), "x.npy", Zips.npy("<f4", floats.array(), 20_000, 3));
        Zips.deflated(input.resolve("c.zip"), "t.npy", Zips.npy("<M8[s]", times.array(), 6));
        Files.writeString(input.resolve("d.zip"), "no archive at all, only a little text");
        Zips.deflated(input.resolve("e.zip"), "n".repeat(60_000) + "@hdfs://a:1/b.npy", Zips.npy(2, 10, 2));
        List<Row> totals = new ArrayList<>(List.of(org.apache.spark.sql.RowFactory.create()));
        run(() -> {}, totals);
        totals.remove(0);
        JsonNode whole = Report.read(page);
        assertThat(whole.get("outcome").asText()).isEqualTo("done with failures");
        // A long name of an entry is not repeated a thousand times, and no message is cut at a host with a port.
        assertThat(whole.at("/failures/rows/1/2").asText()).hasSizeLessThan(600).endsWith("… (60017 characters)");
        assertThat(whole.at("/failures/rows/1/4").asText()).endsWith(".");
        assertThat(whole.get("columns").findValuesAsText("name")).containsExactly("c0", "c1", "c2", "value");
        assertThat(totals).hasSize(4);
        for (Row total : totals) {
            for (JsonNode column : whole.get("columns")) {
                if (column.get("name").asText().equals(total.getAs("column"))) {
                    assertThat(column.get("count").asLong()).isEqualTo(total.<Long>getAs("count"));
                    assertThat(column.get("nanCount").asLong()).isEqualTo(total.<Long>getAs("nan_count"));
                    assertThat(column.get("min").asDouble()).isEqualTo(total.<Double>getAs("min"));
                    assertThat(column.get("max").asDouble()).isEqualTo(total.<Double>getAs("max"));
                    assertThat(column.get("mean").asDouble()).isCloseTo(total.<Double>getAs("mean"), within(1e-6));
                    assertThat(column.get("stddev").asDouble()).isCloseTo(total.<Double>getAs("stddev"), within(1e-6));
                }
            }
        }
        JsonNode histogram = whole.at("/columns/0/histogram");
        assertThat(histogram.get("every").asInt()).isEqualTo(2);
        assertThat(histogram.get("sampled").asInt()).isBetween(9_900, 10_002);
        assertThat(whole.at("/columns/3/histogram").toString())
                .contains("\"from\":4.5,\"to\":7.5,\"counts\":[")
                .doesNotContain("E18");

        run(() -> {}, Option.OVERWRITE, "true", Option.SLICE_BYTES, "4k", Option.AGGREGATE_ON, "driver");
        JsonNode cut = Report.read(page);
        for (int i = 0; i < 4; i++) {
            String place = "/columns/" + i + "/histogram";
            assertThat(cut.at(place)).isEqualTo(whole.at(place));
        }
    }

    @Test
    void secretsOfOptionsAreHidden() throws IOException {
        run(() -> {}, Option.SQL, "SELECT 's3a://bucket/a?sig=hidden' AS uri FROM arrays");
        assertThat(page).content().doesNotContain("sig=hidden").contains("--sql");
    }
}
