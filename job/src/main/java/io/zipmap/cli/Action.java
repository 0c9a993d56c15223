package io.zipmap.cli;

import java.io.IOException;

/** What a command does. */
interface Action {
    /** @return the exit status */
    int run(Call call) throws IOException;
}
