package io.zipmap.cli;

import io.zipmap.options.Option;
import io.zipmap.options.OptionType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The rules of the command line that differ from picocli's defaults: {@code @FILE} is a plain value,
 * {@code --overwrite=false} means {@code --no-overwrite}, a misspelt option is never taken for a value, and a query may
 * begin with an SQL comment.
 */
final class CommandSyntax {
    private static final Pattern LIKE_OPTION = Pattern.compile("--?[A-Za-z][A-Za-z-]*(=.*)?");
    private static final Pattern FLAG = Pattern.compile("(--[a-z-]+)=(true|false)", Pattern.CASE_INSENSITIVE);
    private static final String END_OF_OPTIONS = "--";
    /** picocli's key for the text between an option and its value; {@code =} if both are one word. */
    private static final String SEPARATOR = "separator";

    private static final String EQUALS = "=";

    private CommandSyntax() {}

    /** Configures the parser. */
    static CommandLine apply(CommandLine line) {
        return line.setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setAbbreviatedOptionsAllowed(false)
                .setAbbreviatedSubcommandsAllowed(false)
                .setPosixClusteredShortOptionsAllowed(false);
    }

    /** Rewrites {@code --flag=true} to {@code --flag} and {@code --flag=false} to {@code --no-flag}. */
    static String[] normalize(String... words) {
        int end = Arrays.asList(words).indexOf(END_OF_OPTIONS);
        String[] normalized = words.clone();
        for (int i = 0; i < (end < 0 ? words.length : end); i++) {
            Matcher flag = FLAG.matcher(words[i]);
            if (flag.matches() && isFlag(flag.group(1))) {
                normalized[i] = Boolean.parseBoolean(flag.group(2))
                        ? flag.group(1)
                        : flag.group(1).replaceFirst("--", "--no-");
            }
        }
        return normalized;
    }

    private static boolean isFlag(String word) {
        return Arrays.stream(Option.values())
                .anyMatch(option ->
                        option.type() == OptionType.FLAG && option.flag().equals(word));
    }

    /**
     * Refuses a value that looks like an option. picocli calls this before it takes a value.
     *
     * @return false, which lets picocli take the value
     */
    static boolean refuseOptionAsValue(
            Stack<String> rest, CommandSpec command, ArgSpec option, Map<String, Object> context) {
        boolean sameWord = EQUALS.equals(Objects.toString(context.get(SEPARATOR), ""));
        if (!sameWord && !rest.isEmpty() && rest.peek().startsWith("--") && isLikeOption(rest.peek())) {
            String name = ((OptionSpec) option).longestName();
            throw new ParameterException(
                    command.commandLine(),
                    "Missing value of " + name + ": found the option " + rest.peek(),
                    option,
                    rest.peek());
        }
        return false;
    }

    /** Refuses a query that looks like an option. */
    static void refuseOptions(CommandSpec command, List<String> queries) {
        for (String query : queries) {
            if (isLikeOption(query)) {
                throw new UnmatchedArgumentException(command.commandLine(), List.of(query));
            }
        }
    }

    private static boolean isLikeOption(String word) {
        return LIKE_OPTION.matcher(word).matches();
    }
}
