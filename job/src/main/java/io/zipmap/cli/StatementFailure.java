package io.zipmap.cli;

import java.io.IOException;

/** The failure of one statement of a script. The message says which one; the cause says why. */
final class StatementFailure extends IOException {
    private static final long serialVersionUID = 1L;

    StatementFailure(int number, int line, Throwable cause) {
        super("statement " + number + ", line " + line, cause);
    }
}
