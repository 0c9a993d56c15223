package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemorySample;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.ProcessTimeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Writes the memory of processes over time, as lists of numbers. */
final class MemoryJson {
    /** Most processes that are written. */
    static final int MOST_PROCESSES = 64;

    private static final List<MemoryMetric> SHOWN = List.of(
            MemoryMetric.RSS_ANON,
            MemoryMetric.RSS_FILE,
            MemoryMetric.RSS_SHMEM,
            MemoryMetric.HEAP_USED,
            MemoryMetric.HEAP_AFTER_COLLECTION,
            MemoryMetric.PSS,
            MemoryMetric.ARRAY_MAPS);

    private MemoryJson() {}

    /**
     * Writes the fields {@code processes} and {@code moreProcesses} into the current object. Of too many processes, the
     * driver and those of the largest RssAnon are written.
     */
    static void write(JsonGenerator json, MemoryTimeline memory) throws IOException {
        List<ProcessTimeline> shown = new ArrayList<>(memory.processes());
        if (shown.size() > MOST_PROCESSES) {
            // The sort keeps the order of equals: the driver is first.
            shown.sort(Comparator.comparingLong(MemoryJson::importance).reversed());
            shown = shown.subList(0, MOST_PROCESSES);
        }
        json.writeArrayFieldStart("processes");
        for (ProcessTimeline process : shown) {
            json.writeStartObject();
            writeProcess(json, process);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("moreProcesses", memory.processes().size() - shown.size());
    }

    private static long importance(ProcessTimeline process) {
        return process.process().isDriver()
                ? Long.MAX_VALUE
                : peak(process, MemoryMetric.RSS_ANON).orElse(0);
    }

    static OptionalLong peak(ProcessTimeline process, MemoryMetric metric) {
        return process.peak().map(peak -> peak.value(metric)).orElse(OptionalLong.empty());
    }

    private static void writeProcess(JsonGenerator json, ProcessTimeline process) throws IOException {
        ReportJson.text(json, "name", process.process().name());
        ReportJson.text(json, "host", process.process().host());
        json.writeStringField(
                "kind",
                process.process().isDriver() ? "driver" : process.process().isChild() ? "child" : "executor");
        ReportJson.text(json, "loss", process.loss().orElse(null));
        json.writeObjectFieldStart("points");
        json.writeArrayFieldStart("millis");
        for (MemorySample point : process.points()) {
            json.writeNumber(point.millis());
        }
        json.writeEndArray();
        for (MemoryMetric metric : SHOWN) {
            if (peak(process, metric).isPresent()) {
                writePoints(json, process, metric);
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("peak");
        for (MemoryMetric metric : SHOWN) {
            ReportJson.number(json, metric.label(), peak(process, metric));
        }
        json.writeEndObject();
        ReportJson.number(json, "cgroupLimit", peak(process, MemoryMetric.CGROUP_LIMIT));
    }

    private static void writePoints(JsonGenerator json, ProcessTimeline process, MemoryMetric metric)
            throws IOException {
        json.writeArrayFieldStart(metric.label());
        for (MemorySample point : process.points()) {
            OptionalLong value = point.value(metric);
            if (value.isPresent()) {
                json.writeNumber(value.getAsLong());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }
}
