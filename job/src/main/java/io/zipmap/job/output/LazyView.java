package io.zipmap.job.output;

import java.io.IOException;
import org.apache.spark.sql.types.StructType;

/** A temporary view that is costly to make. It is registered when the first query names it. */
public interface LazyView {
    String name();

    /** The columns, if they are known before the view is made; otherwise none. */
    default StructType schemaBefore() {
        return new StructType();
    }

    /** Creates or replaces the view in its session. */
    void register() throws IOException;
}
