package io.zipmap.cli;

import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.options.UnknownOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Called by the parser for one command: resolves the option values and runs the command's action. */
final class CommandHandler implements Callable<Integer> {
    private final Command command;
    private final CommandAction action;
    private final ProgressOutput progressOutput;
    private final Interruption interruption;
    private @Nullable CommandSpec spec;

    CommandHandler(Command command, CommandAction action, ProgressOutput progressOutput, Interruption interruption) {
        this.command = command;
        this.action = action;
        this.progressOutput = progressOutput;
        this.interruption = interruption;
    }

    /** Sets the parser's specification, which cannot be created before its handler. */
    void setSpec(CommandSpec commandSpec) {
        spec = commandSpec;
    }

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("No parser for " + command);
        }
        ParseResult parsed = spec.commandLine().getParseResult();
        List<String> arguments = arguments(parsed);
        CommandSyntax.refuseOptions(spec, arguments);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        UnknownOptions.refuse(System.getProperties().stringPropertyNames());
        OptionValues values = OptionValues.resolve(optionTexts(parsed), System::getProperty, command.defaults());
        try {
            if (values.flag(Option.PRINT_CONFIG)) {
                ConfigPrinter.print(command, values, out);
                return ExitStatus.DONE;
            }
            return run(values, arguments, out, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int run(OptionValues values, List<String> arguments, PrintWriter out, PrintWriter err) throws IOException {
        boolean quiet = values.flag(Option.QUIET);
        ProgressOutput output = quiet ? ProgressOutput.NONE : progressOutput;
        PrintWriter notes = quiet ? new PrintWriter(Writer.nullWriter()) : err;
        try (ProgressDisplay progress = new ProgressDisplay(output)) {
            interruption.before(progress::close);
            return action.run(
                    new CommandInvocation(command, values, arguments, out, err, notes, progress, interruption));
        }
    }

    /** Texts of the options that the command line names. */
    private static Map<Option, List<String>> optionTexts(ParseResult parsed) {
        Map<Option, List<String>> texts = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (parsed.hasMatchedOption(option.flag())) {
                texts.put(option, texts(parsed.matchedOption(option.flag())));
            }
        }
        return texts;
    }

    private static List<String> texts(OptionSpec option) {
        Object value = option.getValue();
        return value instanceof List
                ? ((List<?>) value).stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** Takes the first match only: the parser repeats all queries for each option between two of them. */
    private static List<String> arguments(ParseResult parsed) {
        return parsed.matchedPositionals().stream()
                .limit(1)
                .flatMap(positional -> positional.stringValues().stream())
                .toList();
    }
}
