package io.zipmap.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of statements, read one after the other. The caller closes it. */
interface StatementReader extends AutoCloseable {
    /** The next statement without its semicolon, or a command that starts with a dot; {@code null} at the end. */
    @Nullable
    String next() throws IOException;

    @Override
    void close() throws IOException;
}
