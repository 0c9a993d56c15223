package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.util.List;
import java.util.Optional;

/** The settings of one run, parsed and checked before Spark starts. Immutable. */
public final class RunSettings {
    private final PipelineSettings pipeline;
    private final ViewSettings views;
    private final TableOptions tableOptions;
    private final Optional<String> output;
    private final Optional<String> report;
    private final boolean overwrite;
    private final boolean incremental;
    private final long maxAnonGrowth;
    private final List<String> queries;
    private final QueryResults results;

    private RunSettings(OptionValues values) throws ZipmapException {
        pipeline = PipelineSettings.of(values);
        views = ViewSettings.of(values);
        tableOptions = TableOptions.of(values);
        output = values.text(Option.OUTPUT);
        report = values.text(Option.REPORT);
        overwrite = values.flag(Option.OVERWRITE);
        incremental = values.flag(Option.INCREMENTAL);
        maxAnonGrowth = values.bytes(Option.MAX_ANON_GROWTH);
        queries = List.copyOf(values.texts(Option.SQL));
        results = QueryResults.of(values);
        values.requiredInputs();
        if (incremental && (output.isEmpty() || overwrite)) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Invalid value of " + Option.INCREMENTAL.flag() + ": true")
                    .expected(Option.OUTPUT.flag() + ", and not " + Option.OVERWRITE.flag())
                    .advice("An incremental run continues from the tables in the output folder.");
        }
    }

    /** @throws ZipmapException {@code OPTION_INVALID} for an invalid value or combination, and without an input */
    public static RunSettings of(OptionValues values) throws ZipmapException {
        return new RunSettings(values);
    }

    PipelineSettings pipeline() {
        return pipeline;
    }

    List<String> inputs() {
        return views.inputs();
    }

    /** How the views over the data source open the arrays. */
    ViewSettings views() {
        return views;
    }

    TableOptions tableOptions() {
        return tableOptions;
    }

    String tableFormat() {
        return results.tableFormat();
    }

    /** The folder of the tables; empty if the run keeps none. */
    public Optional<String> output() {
        return output;
    }

    /** The file of the report, beside that within the output; empty for none. */
    public Optional<String> report() {
        return report;
    }

    /** Whether the run would end without any result, but for its statistics. */
    public boolean printsStatistics() {
        return output.isEmpty() && queries.isEmpty();
    }

    /** Whether the run may replace the output of a former run. */
    boolean replacesOutput() {
        return overwrite || incremental;
    }

    /** Whether the run goes on from the tables in the output folder, if there are any. */
    boolean incremental() {
        return incremental;
    }

    /** Most bytes by which RssAnon of a process may grow; 0 for no limit. */
    public long maxAnonGrowth() {
        return maxAnonGrowth;
    }

    List<String> queries() {
        return queries;
    }

    QueryResults results() {
        return results;
    }
}
