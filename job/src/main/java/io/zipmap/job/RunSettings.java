package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.util.List;
import java.util.Optional;

/** What one run is asked to do, typed and checked before Spark starts. Immutable. */
public final class RunSettings {
    private final PipelineSettings pipeline;
    private final List<String> inputs;
    private final Optional<String> output;
    private final boolean overwrite;
    private final boolean incremental;
    private final TableOptions options;
    private final ElementsSettings elements;
    private final String tableFormat;
    private final List<String> queries;
    private final QueryResults querySettings;

    private RunSettings(OptionValues values) throws ZipmapException {
        pipeline = PipelineSettings.of(values);
        inputs = List.copyOf(values.texts(Option.INPUT));
        output = values.text(Option.OUTPUT);
        overwrite = values.flag(Option.OVERWRITE);
        incremental = values.flag(Option.INCREMENTAL);
        options = TableOptions.of(values);
        elements = ElementsSettings.of(values);
        tableFormat = values.required(Option.TABLE_FORMAT);
        queries = List.copyOf(values.texts(Option.SQL));
        querySettings = QueryResults.of(values);
        if (inputs.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Missing option: " + Option.INPUT.flag());
        }
        if (incremental && (output.isEmpty() || overwrite)) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Invalid value of " + Option.INCREMENTAL.flag() + ": true")
                    .expected(Option.OUTPUT.flag() + ", and not " + Option.OVERWRITE.flag())
                    .advice("An incremental run goes on from the tables that lie there.");
        }
    }

    /** @throws ZipmapException {@code OPTION_INVALID} for a value that cannot be, or an input that is missing */
    public static RunSettings of(OptionValues values) throws ZipmapException {
        return new RunSettings(values);
    }

    PipelineSettings pipeline() {
        return pipeline;
    }

    List<String> inputs() {
        return inputs;
    }

    Optional<String> output() {
        return output;
    }

    boolean overwrite() {
        return overwrite;
    }

    /** Whether to go on from the tables that lie in the output, if there are any. */
    boolean incremental() {
        return incremental;
    }

    /** What the tables depend on. */
    TableOptions options() {
        return options;
    }

    /** How the arrays are opened to queries. */
    ElementsSettings elements() {
        return elements;
    }

    String tableFormat() {
        return tableFormat;
    }

    List<String> queries() {
        return queries;
    }

    QueryResults querySettings() {
        return querySettings;
    }
}
