package io.zipmap.cli;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Prints the error that ends a command as one sentence, and returns the exit status. Prints the stack trace only with
 * {@link Option#STACKTRACE}.
 */
final class ErrorPrinter implements IExecutionExceptionHandler {
    private static final String QUARANTINE = Option.ON_ERROR.flag() + " quarantine";

    @Override
    public int handleExecutionException(Exception error, CommandLine line, @Nullable ParseResult parsed) {
        PrintWriter err = line.getErr();
        ZipmapException named = named(error);
        boolean requested = parsed != null && parsed.originalArgs().contains(Option.STACKTRACE.flag());
        if (requested || Boolean.getBoolean(Option.STACKTRACE.property())) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace, true));
            err.print(Printable.ofLines(Credentials.hide(trace.toString())));
        }
        err.println(sentence(error) + quarantineHint(named, line));
        err.flush();
        return named != null && named.condition() == Condition.OPTION_INVALID ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    /** Says how to leave out a bad entry, if the command can. */
    private static String quarantineHint(@Nullable ZipmapException named, CommandLine line) {
        boolean leavesOut = named != null
                && named.condition().blame() == Condition.Blame.INPUT
                && named.archive() != null
                && line.getCommandSpec().findOption(Option.ON_ERROR.flag()) != null;
        return leavesOut ? " To go on without what cannot be read, add " + QUARANTINE + "." : "";
    }

    /** The sentence for the user. */
    static String sentence(Throwable error) {
        String place = error instanceof StatementFailure ? error.getMessage() + ": " : "";
        return "zipmap: " + place + message(error);
    }

    /** What has happened: the message of the named error, if there is one. */
    static String message(Throwable error) {
        ZipmapException named = named(error);
        return named == null ? unnamed(error) : named.getMessage();
    }

    /** The named error among the causes, because Spark wraps the exception of a task. */
    static @Nullable ZipmapException named(@Nullable Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof ZipmapException) {
                return (ZipmapException) e;
            }
        }
        return null;
    }

    private static String unnamed(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // Spark's messages go on with a picture of the query.
        String first = root.toString().strip().lines().findFirst().orElse("").strip();
        return Printable.of(Credentials.hide(first)) + (first.endsWith(".") ? "" : ".") + " Add "
                + Option.STACKTRACE.flag() + " to see where it comes from.";
    }
}
