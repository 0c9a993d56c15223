package io.zipmap.sql.catalog;

import java.io.IOException;

/** Takes the pieces of a scan, one after the other. */
@FunctionalInterface
public interface ArrayRowsConsumer {
    void take(ArrayRows piece) throws IOException;
}
