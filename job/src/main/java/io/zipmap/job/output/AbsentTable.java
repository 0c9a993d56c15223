package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import org.apache.hadoop.fs.Path;

/** A table that an older release did not write: a query that names it gets an error that says how to get the table. */
final class AbsentTable implements LazyView {
    private final String name;
    private final Path output;

    AbsentTable(String name, Path output) {
        this.name = name;
        this.output = output;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void register() throws ZipmapException {
        throw new ZipmapException(
                        Condition.INPUT_MISSING, "Cannot read a table that an older release did not write: " + name)
                .actual("the output " + output)
                .advice("Run again into this output, with --incremental or --overwrite.");
    }
}
