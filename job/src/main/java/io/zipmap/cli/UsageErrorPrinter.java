package io.zipmap.cli;

import io.zipmap.Credentials;
import io.zipmap.Printable;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionType;
import io.zipmap.options.UnknownOptions;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints what is wrong with the words of a command line: one line where help is, and as the last line the error with
 * the nearest known word.
 */
final class UsageErrorPrinter {
    private static final String PROGRAM = "./submit.sh ";
    private static final String DASH = "-";

    private UsageErrorPrinter() {}

    /** Prints the error. Without any word, prints the help. */
    static int print(ParameterException wrong, String[] words) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        Optional<Command> command = command(line);
        if (words.length == 0) {
            line.usage(err);
        } else {
            err.println(command.map(one -> "The options of " + one.word() + ": " + PROGRAM + one.word() + " --help")
                    .orElse("The commands: " + PROGRAM + "--help"));
            String sentence = sentence(wrong, command);
            err.println("zipmap: " + Printable.of(Credentials.hideAll(sentence)));
        }
        err.flush();
        return ExitStatus.USAGE;
    }

    private static Optional<Command> command(CommandLine line) {
        return Arrays.stream(Command.values())
                .filter(command -> command.word().equals(line.getCommandName()))
                .findFirst();
    }

    private static String sentence(ParameterException wrong, Optional<Command> command) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return command.isEmpty() ? unknownCommand(word) : unknownWord(word, command.get());
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().get(0) instanceof OptionSpec option) {
            return "Missing value of " + option.longestName() + ": expected " + option.paramLabel() + ".";
        }
        String message = String.valueOf(wrong.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static String unknownCommand(String word) {
        List<String> commands =
                Arrays.stream(Command.values()).map(Command::word).toList();
        String known = "The commands are " + String.join(", ", commands) + ".";
        if (word.startsWith(DASH)) {
            return "Unknown option: " + word + ". A command comes before its options. " + known;
        }
        return "Unknown command: " + word + ". "
                + UnknownOptions.similar(commands.stream(), word)
                        .map(UsageErrorPrinter::question)
                        .orElse(known);
    }

    private static String unknownWord(String word, Command command) {
        if (!word.startsWith(DASH)) {
            boolean input = command.options().contains(Option.INPUT);
            return "Unexpected word: " + word + "."
                    + (input ? " Did you mean --input " + word + "? A glob needs quotes: --input '*.npz'." : "");
        }
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        String takers = Arrays.stream(Command.values())
                .filter(other -> flags(other).anyMatch(name::equals))
                .map(Command::word)
                .collect(Collectors.joining(", "));
        String unknown = "Unknown option of " + command.word() + ": " + word + ".";
        if (!takers.isEmpty()) {
            return unknown + " It is an option of " + takers + ".";
        }
        return unknown
                + UnknownOptions.similar(flags(command), name)
                        .map(flag -> " " + question(flag))
                        .orElse("");
    }

    private static Stream<String> flags(Command command) {
        return command.options().stream()
                .flatMap(option -> option.type() == OptionType.FLAG
                        ? Stream.of(option.flag(), option.flag().replaceFirst("--", "--no-"))
                        : Stream.of(option.flag()));
    }

    private static String question(String word) {
        return "Did you mean " + word + "?";
    }
}
