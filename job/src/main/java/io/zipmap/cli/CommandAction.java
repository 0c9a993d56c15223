package io.zipmap.cli;

import java.io.IOException;

/** The action of one command. Implementations are named {@code *Action} after their command. */
interface CommandAction {
    /**
     * Runs the command.
     *
     * @return one of {@link ExitStatus}
     * @throws IOException the error that ends the command; {@link ErrorPrinter} prints it
     */
    int run(CommandInvocation invocation) throws IOException;
}
