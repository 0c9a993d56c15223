package io.zipmap.options;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The option table as Markdown, as it stands in the README. */
final class OptionTable {
    private OptionTable() {}

    public static String markdown() {
        return "| option | value | default | commands, data source | what it does |\n|---|---|---|---|---|\n"
                + Arrays.stream(Option.values()).map(OptionTable::row).collect(Collectors.joining());
    }

    private static String row(Option option) {
        String commands = Stream.concat(
                        Arrays.stream(Command.values())
                                .filter(command -> command.options().contains(option))
                                .map(Command::word),
                        SourceOptions.ALL.contains(option) ? Stream.of(SourceOptions.WORD) : Stream.of())
                .collect(Collectors.joining(" "));
        return String.format(
                "| `%s` | %s | %s | %s | %s |%n",
                option.flag(),
                option.type().label().replace("|", " \\| "),
                option.standard().markdown(),
                commands,
                option.text().replace("*", "\\*"));
    }
}
