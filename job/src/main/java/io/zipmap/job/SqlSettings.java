package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.ExtractSettings;
import java.util.List;

/** The settings of the command {@code sql}, parsed and checked before Spark starts. Immutable. */
public final class SqlSettings {
    private final ViewSettings views;
    private final QueryResults results;

    private SqlSettings(OptionValues values) throws ZipmapException {
        values.requiredInputs();
        results = QueryResults.of(values);
        // The data source parses these options when it plans. A bad value must fail before Spark starts.
        ExtractSettings.of(values);
        views = ViewSettings.of(values);
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static SqlSettings of(OptionValues values) throws ZipmapException {
        return new SqlSettings(values);
    }

    public List<String> inputs() {
        return views.inputs();
    }

    /** How the views over the data source open the inputs. */
    public ViewSettings views() {
        return views;
    }

    public QueryResults results() {
        return results;
    }

    /** The format of the tables of a former run that does not state it. */
    public String tableFormat() {
        return results.tableFormat();
    }
}
