package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.Credentials;
import io.zipmap.job.RunFacts;
import io.zipmap.job.RunReporter;
import io.zipmap.job.RunSummary;
import io.zipmap.job.StageTime;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The report of one run: makes the page from what the run knows of itself and from what its processes measured. It
 * listens to the application from its creation on.
 */
public final class RunReport implements RunReporter {
    private static final int FORMAT = 1;

    private final SparkContext spark;
    private final Command command;
    private final OptionValues options;
    private final StageHosts hosts = new StageHosts();
    private final long started = System.currentTimeMillis();
    private boolean published;

    private RunReport(SparkContext spark, Command command, OptionValues options) {
        this.spark = spark;
        this.command = command;
        this.options = options;
    }

    /** @param options of the command; the page shows those that the user gave */
    public static RunReport listening(SparkContext spark, Command command, OptionValues options) {
        RunReport report = new RunReport(spark, command, options);
        spark.addSparkListener(report.hosts);
        return report;
    }

    /** The page of a run that publishes it now. */
    @Override
    public byte[] page(RunFacts facts) throws IOException {
        published = true;
        return page(facts, null);
    }

    /** Whether the run made a page to publish. */
    public boolean isPublished() {
        return published;
    }

    /** The page of a run that has succeeded. */
    public byte[] lastPage(RunFacts facts) throws IOException {
        return page(facts, null);
    }

    /**
     * The page of a run that has failed.
     *
     * @param condition of the error, if it has one
     * @param message of the error
     */
    public byte[] failedPage(RunFacts facts, Optional<String> condition, String message) throws IOException {
        return page(facts, new Failed(condition.orElse(null), message));
    }

    private record Failed(@Nullable String condition, String message) {}

    private byte[] page(RunFacts facts, @Nullable Failed error) throws IOException {
        return ReportPage.of(ReportJson.text(json -> write(json, facts, error)));
    }

    private void write(JsonGenerator json, RunFacts facts, @Nullable Failed error) throws IOException {
        long ended = System.currentTimeMillis();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("zipmap", version());
        json.writeStringField(
                "outcome", error != null ? "failed" : facts.failures().count() > 0 ? "done with failures" : "done");
        writeError(json, error);
        json.writeNumberField("started", started);
        json.writeNumberField("ended", ended);
        ReportJson.text(json, "master", spark.master());
        json.writeStringField("command", command.word());
        MemoryTimeline memory = MemoryTimeline.of(spark);
        json.writeStringField("sentence", sentence(memory, facts, ended, error != null));
        writeSummary(json, facts.summary().orElse(null));
        StagesJson.write(json, facts, hosts, spark.isLocal());
        MemoryJson.write(json, memory);
        ColumnsJson.write(json, facts.columns(), facts.sampledEvery());
        TablesJson.write(json, facts);
        writePairs(json, "options", givenOptions());
        writePairs(json, "versions", versions());
    }

    private static void writeError(JsonGenerator json, @Nullable Failed error) throws IOException {
        if (error == null) {
            json.writeNullField("error");
            return;
        }
        json.writeObjectFieldStart("error");
        ReportJson.text(json, "condition", error.condition());
        json.writeStringField("message", Credentials.hide(error.message()));
        json.writeEndObject();
    }

    /** About the time from the begin of the extract stage to the end of the map stage. */
    private String sentence(MemoryTimeline memory, RunFacts facts, long now, boolean failed) {
        long from = started;
        long to = now;
        for (StageTime stage : facts.stages()) {
            if (stage.name().equals(StageTime.EXTRACT)) {
                from = stage.start();
            } else if (stage.name().equals(StageTime.MAP)) {
                to = stage.end().orElse(now);
            }
        }
        String during = failed ? "until the run failed" : MemorySentence.whileMapped(facts.arrayBytes());
        return MemorySentence.of(memory, from, failed ? now : to, during);
    }

    private static void writeSummary(JsonGenerator json, @Nullable RunSummary summary) throws IOException {
        json.writeArrayFieldStart("summary");
        if (summary != null) {
            for (SummaryLines.Line line : SummaryLines.of(summary)) {
                writePair(json, "label", line.label(), line.value());
            }
        }
        json.writeEndArray();
    }

    private Map<String, String> givenOptions() {
        Map<String, String> given = new LinkedHashMap<>();
        for (Option option : command.options()) {
            if (!options.isDefault(option)) {
                given.put(option.flag(), String.join(" ", options.texts(option)));
            }
        }
        return given;
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("zipmap", version());
        versions.put("Spark", spark.version());
        versions.put("Hadoop", VersionInfo.getVersion());
        versions.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        versions.put(
                "System",
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")));
        return versions;
    }

    private static String version() {
        String version = RunReport.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static void writePairs(JsonGenerator json, String name, Map<String, String> pairs) throws IOException {
        json.writeArrayFieldStart(name);
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            writePair(json, "name", pair.getKey(), pair.getValue());
        }
        json.writeEndArray();
    }

    private static void writePair(JsonGenerator json, String label, String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField(label, name);
        ReportJson.text(json, "value", value);
        json.writeEndObject();
    }
}
