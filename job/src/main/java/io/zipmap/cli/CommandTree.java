package io.zipmap.cli;

import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionType;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line: builds the parser and its help from the tables {@link Command} and {@link Option}, and runs it. */
final class CommandTree {
    private static final int WIDTH = 120;

    private final CommandLine line;

    /**
     * @param progress where commands show how far they have come
     * @param interruption of the process; the errors that follow it are not printed
     */
    CommandTree(CommandAction dispatch, ProgressOutput progress, Interruption interruption) {
        CommandSpec root = CommandSpec.create()
                .name("submit.sh [SPARK-SUBMIT OPTIONS --]")
                .mixinStandardHelpOptions(true)
                .version("zipmap " + version());
        root.usageMessage()
                .description(
                        "Turns archives of numeric arrays into memory-mapped files, aggregates them, and opens them to"
                                + " Spark SQL.")
                .footer("Exit status: 0 done, 1 failed, 2 usage, 3 done with rows in failures.")
                .width(WIDTH);
        for (Command command : Command.values()) {
            root.addSubcommand(command.word(), commandSpec(command, dispatch, progress, interruption));
        }
        line = CommandSyntax.apply(new CommandLine(root))
                .setParameterExceptionHandler(UsageErrorPrinter::print)
                .setExecutionExceptionHandler(unlessInterrupted(new ErrorPrinter(), interruption));
    }

    /**
     * Parses the words and runs the command.
     *
     * @return the exit status
     */
    int execute(String... args) {
        return line.execute(CommandSyntax.normalize(args));
    }

    private static IExecutionExceptionHandler unlessInterrupted(
            IExecutionExceptionHandler printer, Interruption interruption) {
        return (error, command, parsed) ->
                interruption.hasBegun() ? ExitStatus.FAILED : printer.handleExecutionException(error, command, parsed);
    }

    private static CommandSpec commandSpec(
            Command command, CommandAction dispatch, ProgressOutput progress, Interruption interruption) {
        CommandHandler handler = new CommandHandler(command, dispatch, progress, interruption);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(handler)
                .name(command.word())
                .mixinStandardHelpOptions(true)
                .version("zipmap " + version());
        handler.setSpec(spec);
        spec.usageMessage().description(command.text()).width(WIDTH).sortOptions(false);
        for (Option option : command.options()) {
            spec.addOption(optionSpec(option, command));
        }
        if (command == Command.SQL_COMMAND) {
            spec.parser().unmatchedOptionsArePositionalParams(true);
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel("QUERY")
                    .arity("0..*")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description("Queries to run. Without a query, statements are read from standard input.")
                    .build());
        }
        if (command == Command.REPORT) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel("OUTPUT")
                    .arity("1..*")
                    .required(true)
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description("The output of a run, or the file of its report.")
                    .build());
        }
        return spec;
    }

    private static OptionSpec optionSpec(Option option, Command command) {
        boolean flag = option.type() == OptionType.FLAG;
        String standard = option.defaultTextFor(command).orElse("");
        String text = option.text() + (flag || standard.isEmpty() ? "" : " Default: " + standard + ".");
        OptionSpec.Builder builder = OptionSpec.builder(option.flag()).description(text.replace("%", "%%"));
        if (flag) {
            return builder.arity("0").type(boolean.class).negatable(true).build();
        }
        return builder.arity("1")
                .preprocessor(CommandSyntax::refuseOptionAsValue)
                .paramLabel(option.type().label())
                .type(option.type().many() ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .build();
    }

    private static String version() {
        String version = CommandTree.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
