package io.zipmap.cli;

import java.io.IOException;

/** What a command does. */
interface CommandAction {
    /** @return the exit status */
    int run(CommandInvocation call) throws IOException;
}
