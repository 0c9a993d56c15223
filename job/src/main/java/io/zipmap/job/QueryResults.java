package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.util.Optional;

/** What becomes of the results of queries. Immutable. */
public final class QueryResults {
    private final ResultFormat printed;
    private final String written;
    private final Optional<String> output;

    private QueryResults(OptionValues values) throws ZipmapException {
        printed = ResultFormat.of(values.required(Option.RESULT_FORMAT));
        written = values.required(Option.TABLE_FORMAT);
        output = values.text(Option.SQL_OUTPUT);
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static QueryResults of(OptionValues values) throws ZipmapException {
        return new QueryResults(values);
    }

    ResultFormat printed() {
        return printed;
    }

    /** Format of written results, any that Spark can write. */
    String written() {
        return written;
    }

    /** Folder for them; nothing is written without one. */
    Optional<String> output() {
        return output;
    }
}
