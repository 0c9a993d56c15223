package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.PlainPath;
import io.zipmap.job.RunFacts;
import io.zipmap.job.RunReporter;
import io.zipmap.job.RunSummary;
import io.zipmap.job.StageTime;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The report of one run: makes the page from what the run knows of itself and from what its processes measured. It
 * listens to the application from its creation on.
 */
public final class RunReport implements RunReporter {
    private static final int FORMAT = 1;
    private static final String EXTRACT = "extract";
    private static final String MAP = "map";

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
        writeStages(json, facts);
        MemoryJson.write(json, memory);
        writeReads(json, facts);
        ColumnsJson.write(json, facts.columns(), facts.sampledEvery());
        writeArrays(json, facts);
        writeFailures(json, facts.failures());
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
        ReportJson.text(json, "message", error.message());
        json.writeEndObject();
    }

    /** About the time from the begin of the extract stage to the end of the map stage. */
    private String sentence(MemoryTimeline memory, RunFacts facts, long now, boolean failed) {
        long from = started;
        long to = now;
        for (StageTime stage : facts.stages()) {
            if (stage.name().equals(EXTRACT)) {
                from = stage.start();
            } else if (stage.name().equals(MAP)) {
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

    private void writeStages(JsonGenerator json, RunFacts facts) throws IOException {
        json.writeArrayFieldStart("stages");
        for (StageTime stage : facts.stages()) {
            json.writeStartObject();
            json.writeStringField("name", stage.name());
            json.writeNumberField("start", stage.start());
            ReportJson.number(json, "end", stage.end());
            Map<String, RunFacts.HostWork> work = switch (stage.name()) {
                case EXTRACT -> facts.extracted();
                case MAP -> facts.mapped();
                default -> Map.of();
            };
            Map<String, Double> seconds = seconds(stage.name(), work.keySet());
            json.writeArrayFieldStart("hosts");
            for (Map.Entry<String, RunFacts.HostWork> host : work.entrySet()) {
                json.writeStartObject();
                ReportJson.text(json, "host", host.getKey());
                json.writeNumberField(
                        stage.name().equals(MAP) ? "slices" : "arrays",
                        host.getValue().units());
                json.writeNumberField("bytes", host.getValue().bytes());
                if (seconds.containsKey(host.getKey())) {
                    json.writeNumberField("seconds", seconds.get(host.getKey()));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A local driver may run its tasks under another name of its host. */
    private Map<String, Double> seconds(String stage, Set<String> names) {
        Map<String, Double> seconds = hosts.seconds(stage);
        return spark.isLocal() && names.size() == 1 && seconds.size() == 1
                ? Map.of(names.iterator().next(), seconds.values().iterator().next())
                : seconds;
    }

    private static void writeReads(JsonGenerator json, RunFacts facts) throws IOException {
        json.writeArrayFieldStart("reads");
        if (facts.summary().isPresent()) {
            for (var host : facts.summary().get().reads().entrySet()) {
                json.writeStartObject();
                ReportJson.text(json, "host", host.getKey());
                json.writeNumberField("local", host.getValue().local());
                json.writeNumberField("healed", host.getValue().healed());
                RunFacts.HostWork extracted = facts.extracted().get(host.getKey());
                json.writeNumberField("reused", extracted == null ? 0 : extracted.reused());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeArrays(JsonGenerator json, RunFacts facts) throws IOException {
        json.writeObjectFieldStart("arrays");
        json.writeNumberField("total", facts.arrayCount());
        writeFields(json, "archive", "entry", "host", "dtype", "shape", "order", "bytes", "method", "placed");
        json.writeArrayFieldStart("rows");
        for (ArrayRecord array : facts.arrays()) {
            json.writeStartArray();
            ReportJson.text(json, PlainPath.of(array.archive().uri()));
            ReportJson.text(json, array.entry());
            ReportJson.text(json, array.host());
            ReportJson.text(json, array.layout().dtype().toString());
            ReportJson.text(json, array.layout().shape().toString());
            json.writeString(array.layout().order().name());
            json.writeNumber(array.bytes());
            ReportJson.text(json, array.method());
            json.writeString(array.placed().label());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeFailures(JsonGenerator json, FailureSummary failures) throws IOException {
        json.writeObjectFieldStart("failures");
        json.writeNumberField("total", failures.count());
        json.writeArrayFieldStart("groups");
        for (Map.Entry<String, Long> group : failures.counts().entrySet()) {
            json.writeStartObject();
            json.writeStringField("condition", group.getKey());
            json.writeNumberField("count", group.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeFields(json, "condition", "archive", "entry", "host", "message");
        json.writeArrayFieldStart("rows");
        for (FailureSummary.FailedEntry failed : failures.first()) {
            json.writeStartArray();
            json.writeString(failed.condition());
            ReportJson.text(json, failed.archive());
            ReportJson.text(json, failed.entry());
            ReportJson.text(json, failed.host());
            ReportJson.text(json, failed.reason());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, String... names) throws IOException {
        json.writeArrayFieldStart("fields");
        for (String name : names) {
            json.writeString(name);
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
