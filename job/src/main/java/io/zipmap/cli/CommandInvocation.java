package io.zipmap.cli;

import io.zipmap.options.Command;
import io.zipmap.options.OptionValues;
import java.io.PrintWriter;
import java.util.List;

/**
 * One parsed call of a command. Immutable.
 *
 * @param values resolved values of the command's options
 * @param arguments words of the command line that belong to no option: the queries of {@code sql}
 * @param out receives the printed results alone; {@link CommandHandler} flushes it
 * @param err receives errors of parts of the work, apart from the results; flushed likewise
 * @param notes receives summaries and advice: {@code err}, or with {@link io.zipmap.options.Option#QUIET} nothing
 * @param progress receives the stages of the command
 * @param interruption begins when a signal ends the process
 */
record CommandInvocation(
        Command command,
        OptionValues values,
        List<String> arguments,
        PrintWriter out,
        PrintWriter err,
        PrintWriter notes,
        ProgressDisplay progress,
        Interruption interruption) {}
