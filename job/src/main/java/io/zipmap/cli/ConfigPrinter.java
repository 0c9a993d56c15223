package io.zipmap.cli;

import io.zipmap.Credentials;
import io.zipmap.Printable;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Prints the resolved options of a command, each with its origin, for {@link Option#PRINT_CONFIG}. */
final class ConfigPrinter {
    private ConfigPrinter() {}

    static void print(Command command, OptionValues values, PrintWriter out) {
        for (Option option : command.options()) {
            String value = values.texts(option).stream()
                    .map(text -> Printable.of(Credentials.hideAll(text)))
                    .collect(Collectors.joining(" "));
            out.printf("%-20s = %-24s (%s)%n", option.optionName(), value, values.origin(option));
        }
    }
}
