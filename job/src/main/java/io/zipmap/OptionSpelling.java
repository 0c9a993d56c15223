package io.zipmap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spelling of options in messages. The text of a {@link ZipmapException} mentions options by their names, and who
 * shows the message chooses the spelling of its reader. Packages below {@code options} mention an option too.
 */
public enum OptionSpelling {
    /** {@code --scratch-budget} and {@code --entries x,y}. */
    COMMAND_LINE {
        @Override
        public String of(String optionName) {
            return "--" + optionName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }

        @Override
        String of(String optionName, String value) {
            return of(optionName) + (value.startsWith("-") ? "=" : " ") + quoted(value);
        }
    },
    /** {@code scratchBudget} and {@code entries=x,y}. */
    DATA_SOURCE {
        @Override
        public String of(String optionName) {
            return optionName;
        }

        @Override
        String of(String optionName, String value) {
            return optionName + "=" + value;
        }
    };

    /** Characters that Unicode reserves for internal use, and so no text has. */
    private static final char START = '\uFDD0';

    private static final char END = '\uFDD1';

    private static final Pattern MENTION = Pattern.compile(START + "(\\w+)(?:=([^" + END + "]*))?" + END);

    /** Words that a shell takes as they are. */
    private static final Pattern PLAIN = Pattern.compile("[\\w,.:/=@%+-]+");

    /** An option inside the text of a message. */
    public static String mention(String optionName) {
        return START + optionName + END;
    }

    /** An option with a value inside the text of a message. */
    public static String mention(String optionName, String value) {
        return START + optionName + "=" + value + END;
    }

    /** The option in this spelling. */
    public abstract String of(String optionName);

    /** The option and its value in this spelling. */
    abstract String of(String optionName, String value);

    /** The text with all mentioned options in this spelling. */
    public String apply(String text) {
        return text.indexOf(START) < 0
                ? text
                : MENTION.matcher(text)
                        .replaceAll(option -> Matcher.quoteReplacement(
                                option.group(2) == null ? of(option.group(1)) : of(option.group(1), option.group(2))));
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches()
                ? value
                : value.indexOf('\'') < 0
                        ? "'" + value + "'"
                        : "\"" + value.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
    }
}
