package io.zipmap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.options.Option;
import io.zipmap.report.ByteText;
import io.zipmap.report.ComparedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/**
 * Compares the memory of the demonstration's run with that of the naive process, whose {@link NaiveRecord} it takes:
 * prints the peaks and writes the page that draws both. Immutable.
 */
final class NaiveComparison {
    private static final String TITLE = "zipmap: records cross, the arrays are mapped";

    private final String naive;

    private NaiveComparison(String naive) {
        this.naive = naive;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} if no naive process ran before this one */
    static NaiveComparison take() throws IOException {
        return new NaiveComparison(NaiveRecord.take());
    }

    /** Prints the peaks of both runs, and writes the page to a file of any Hadoop file system. */
    void finish(SparkContext spark, long arrayBytes, String file, PrintWriter notes) throws IOException {
        MemoryTimeline memory = MemoryTimeline.of(spark);
        String mapped = ComparedRun.mapped(TITLE, memory, arrayBytes).json();
        Path page = new Path(file);
        AtomicFiles.write(
                page.getFileSystem(spark.hadoopConfiguration()),
                page,
                ComparedRun.page("demo " + Option.NAIVE.flag(), List.of(naive, mapped)));
        print("naive", naive, notes);
        print("zipmap", mapped, notes);
        SummaryPrinter.line(notes, "page", Printable.of(file));
    }

    private static void print(String way, String run, PrintWriter notes) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(run);
        if (tree.path("outcome").asText().equals("died")) {
            SummaryPrinter.line(notes, way, tree.path("sentence").asText());
        }
        for (JsonNode process : tree.path("processes")) {
            StringJoiner peaks = new StringJoiner(", ");
            JsonNode peak = process.path("peak");
            add(peaks, "RssAnon", peak.path("rssAnon"));
            add(peaks, "heap", peak.path("heapUsed"));
            SummaryPrinter.line(notes, way, Printable.of(process.path("name").asText()) + ": peak " + peaks);
        }
    }

    private static void add(StringJoiner peaks, String name, JsonNode bytes) {
        if (bytes.isNumber()) {
            peaks.add(name + " " + ByteText.whole(bytes.asLong()));
        }
    }
}
