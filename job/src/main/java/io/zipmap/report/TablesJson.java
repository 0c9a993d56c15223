package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.Credentials;
import io.zipmap.PlainPath;
import io.zipmap.job.RunFacts;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.util.Map;

/**
 * Writes the first rows of the tables {@code arrays} and {@code failures}: the names of the fields once, and each row
 * as a list of values.
 */
final class TablesJson {
    private TablesJson() {}

    /** Writes the fields {@code arrays} and {@code failures} into the current object. */
    static void write(JsonGenerator json, RunFacts facts) throws IOException {
        writeArrays(json, facts);
        writeFailures(json, facts.failures());
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
            json.writeString(Credentials.hide(failed.reason()));
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
}
