package io.zipmap.cli;

import io.zipmap.cli.StatementSyntax.Statement;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of statements, read one after the other. The caller closes it. */
interface StatementReader extends AutoCloseable {
    /** The next statement; {@code null} at the end. */
    @Nullable
    Statement next() throws IOException;

    @Override
    void close() throws IOException;
}
