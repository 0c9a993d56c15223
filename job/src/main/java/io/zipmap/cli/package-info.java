/**
 * The command line: parsing, commands, printing, exit statuses. Help and usage errors load no class of Spark.
 *
 * <p>Begin with {@link io.zipmap.cli.Main}. {@code CommandTree} builds the parser from the tables in
 * {@link io.zipmap.options}; {@code CommandSyntax} has the rules that differ from picocli's. {@code CommandHandler}
 * resolves the options to a {@code CommandInvocation} and runs the {@code *Action} of the command, which opens a
 * {@code SparkApplication} and closes it. {@code *Printer} classes write results and errors. {@code sql} reads its
 * statements through a {@code *StatementReader}. A {@code ProgressDisplay} shows how far a stage has come: on the
 * {@code TerminalLine}, otherwise in the {@code ProgressLog}. The classes {@code Naive*} are {@code demo --naive}. To
 * add a command, add a constant to {@link io.zipmap.options.Command} and write its action.
 */
@NullMarked
package io.zipmap.cli;

import org.jspecify.annotations.NullMarked;
