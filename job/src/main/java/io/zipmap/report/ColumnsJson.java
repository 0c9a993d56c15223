package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.job.stats.ColumnTotal;
import io.zipmap.job.stats.ColumnTotals;
import java.io.IOException;
import java.util.Optional;

/** Writes the statistics of columns, each with a histogram. */
final class ColumnsJson {
    private ColumnsJson() {}

    /**
     * Writes the fields {@code columns} and {@code moreColumns} into the current object.
     *
     * @param every N, if every N-th row is in the samples
     */
    static void write(JsonGenerator json, ColumnTotals columns, long every) throws IOException {
        json.writeArrayFieldStart("columns");
        for (ColumnTotal column : columns.columns()) {
            json.writeStartObject();
            ReportJson.text(json, "name", column.name());
            json.writeNumberField("count", column.count());
            json.writeNumberField("nanCount", column.nanCount());
            ReportJson.number(json, "min", column.min());
            ReportJson.number(json, "max", column.max());
            ReportJson.number(json, "mean", column.mean());
            ReportJson.number(json, "stddev", column.stddev());
            writeHistogram(json, Histogram.of(column.sample()), every);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("moreColumns", columns.more());
    }

    private static void writeHistogram(JsonGenerator json, Optional<Histogram> found, long every) throws IOException {
        if (found.isEmpty()) {
            json.writeNullField("histogram");
            return;
        }
        Histogram histogram = found.get();
        json.writeObjectFieldStart("histogram");
        json.writeNumberField("from", histogram.from());
        json.writeNumberField("to", histogram.to());
        json.writeArrayFieldStart("counts");
        for (long count : histogram.counts()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        json.writeNumberField("sampled", histogram.values());
        json.writeNumberField("every", every);
        json.writeEndObject();
    }
}
