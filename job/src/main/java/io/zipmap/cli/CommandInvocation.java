package io.zipmap.cli;

import io.zipmap.options.Command;
import io.zipmap.options.OptionValues;
import java.io.PrintWriter;
import java.util.List;

/**
 * One command as it was called. Immutable.
 *
 * @param words what stands on the command line beside options
 * @param out where results go
 */
record CommandInvocation(Command command, OptionValues values, List<String> words, PrintWriter out) {}
