package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.job.RunFacts;
import io.zipmap.job.StageTime;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Writes the stages of a run, and what each host did in them. */
final class StagesJson {
    private StagesJson() {}

    /**
     * Writes the fields {@code stages} and {@code reads} into the current object.
     *
     * @param hosts tells how long each host was busy in a stage
     * @param isLocal whether the driver runs the tasks
     */
    static void write(JsonGenerator json, RunFacts facts, StageHosts hosts, boolean isLocal) throws IOException {
        writeStages(json, facts, hosts, isLocal);
        writeReads(json, facts);
    }

    private static void writeStages(JsonGenerator json, RunFacts facts, StageHosts hosts, boolean isLocal)
            throws IOException {
        json.writeArrayFieldStart("stages");
        for (StageTime stage : facts.stages()) {
            json.writeStartObject();
            json.writeStringField("name", stage.name());
            json.writeNumberField("start", stage.start());
            ReportJson.number(json, "end", stage.end());
            Map<String, RunFacts.HostWork> work = switch (stage.name()) {
                case StageTime.EXTRACT -> facts.extracted();
                case StageTime.MAP -> facts.mapped();
                default -> Map.of();
            };
            Map<String, Double> seconds = busySeconds(hosts.seconds(stage.name()), work.keySet(), isLocal);
            writeHosts(json, stage.name().equals(StageTime.MAP) ? "slices" : "arrays", work, seconds);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeHosts(
            JsonGenerator json, String units, Map<String, RunFacts.HostWork> work, Map<String, Double> seconds)
            throws IOException {
        json.writeArrayFieldStart("hosts");
        for (Map.Entry<String, RunFacts.HostWork> host : work.entrySet()) {
            json.writeStartObject();
            ReportJson.text(json, "host", host.getKey());
            json.writeNumberField(units, host.getValue().units());
            json.writeNumberField("bytes", host.getValue().bytes());
            if (seconds.containsKey(host.getKey())) {
                json.writeNumberField("seconds", seconds.get(host.getKey()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A local driver may run its tasks under another name of its host. */
    private static Map<String, Double> busySeconds(Map<String, Double> seconds, Set<String> names, boolean isLocal) {
        return isLocal && names.size() == 1 && seconds.size() == 1
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
}
