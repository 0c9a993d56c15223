package io.zipmap.options;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The option table in Markdown, as {@code docs/options.md} contains it. */
final class OptionTable {
    private OptionTable() {}

    static String markdown() {
        return "| option | value | default | commands, data source | what it does |\n|---|---|---|---|---|\n"
                + Arrays.stream(Option.values()).map(OptionTable::row).collect(Collectors.joining());
    }

    private static String row(Option option) {
        String takers = Stream.concat(Arrays.stream(Command.values()), Stream.of(OptionTaker.SOURCE))
                .filter(option::isTakenBy)
                .map(OptionTaker::word)
                .collect(Collectors.joining(" "));
        return String.format(
                "| `%s` | %s | %s | %s | %s |%n",
                option.flag(),
                option.type().label().replace("|", " \\| "),
                option.standard().markdown(),
                takers,
                option.text().replace("*", "\\*"));
    }
}
