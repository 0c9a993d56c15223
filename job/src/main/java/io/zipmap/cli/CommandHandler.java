package io.zipmap.cli;

import io.zipmap.Credentials;
import io.zipmap.Printable;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.options.UnknownOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What the parser calls for one command: resolves the options, then hands over to the action. */
final class CommandHandler implements Callable<Integer> {
    private final Command command;
    private final CommandAction action;
    private @Nullable CommandSpec spec;

    CommandHandler(Command command, CommandAction action) {
        this.command = command;
        this.action = action;
    }

    /** The parser needs this to be made first. */
    void parsedBy(CommandSpec parser) {
        spec = parser;
    }

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("No parser for " + command);
        }
        ParseResult parsed = spec.commandLine().getParseResult();
        List<String> words = words(parsed);
        CommandSyntax.refuseOptions(spec, words);
        PrintWriter out = spec.commandLine().getOut();
        UnknownOptions.refuse(System.getProperties().stringPropertyNames());
        OptionValues values = OptionValues.resolve(said(parsed), System::getProperty, command.defaults());
        try {
            if (values.flag(Option.PRINT_CONFIG)) {
                printConfig(values, out);
                return ExitStatus.DONE;
            }
            return action.run(new CommandInvocation(command, values, words, out));
        } finally {
            out.flush();
        }
    }

    private static Map<Option, List<String>> said(ParseResult parsed) {
        Map<Option, List<String>> said = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (parsed.hasMatchedOption(option.flag())) {
                said.put(option, texts(parsed.matchedOption(option.flag())));
            }
        }
        return said;
    }

    private static List<String> texts(OptionSpec option) {
        Object value = option.getValue();
        return value instanceof List
                ? ((List<?>) value).stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** The parser names the queries again, all of them, for each option that stands between two. */
    private static List<String> words(ParseResult parsed) {
        return parsed.matchedPositionals().stream()
                .limit(1)
                .flatMap(positional -> positional.stringValues().stream())
                .toList();
    }

    private void printConfig(OptionValues values, PrintWriter out) {
        for (Option option : command.options()) {
            String value = values.texts(option).stream()
                    .map(text -> Printable.of(Credentials.hideAll(text)))
                    .collect(Collectors.joining(" "));
            out.printf("%-20s = %-24s (%s)%n", option.optionName(), value, values.origin(option));
        }
    }
}
