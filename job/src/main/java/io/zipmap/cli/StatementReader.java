package io.zipmap.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the statements of an interactive session come from, one after the other. */
interface StatementReader extends AutoCloseable {
    /** The next statement without its semicolon, or a command that begins with a dot; null at the end. */
    @Nullable
    String next() throws IOException;

    @Override
    void close() throws IOException;
}
