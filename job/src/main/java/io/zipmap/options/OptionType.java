package io.zipmap.options;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.ZipmapException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of an option's value: it checks and parses the text. Immutable. */
public final class OptionType {
    public static final OptionType TEXT = new OptionType("TEXT", List.of(), false);
    static final OptionType TEXTS = new OptionType("TEXT", List.of(), true);
    /** A path or URI. It may contain no credentials, because messages and logs show it. */
    static final OptionType URI = new OptionType("TEXT", List.of(), false);
    /** Several {@link #URI}s. */
    static final OptionType URIS = new OptionType("TEXT", List.of(), true);
    /** Folders of the node's own file system, comma-separated. */
    static final OptionType FOLDERS = new OptionType("TEXT", List.of(), true);

    public static final OptionType BYTES = new OptionType("BYTES", List.of(), false);
    public static final OptionType NUMBER = new OptionType("NUMBER", List.of(), false);
    public static final OptionType FLAG = new OptionType("true|false", List.of("true", "false"), false);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmgtp]?)b?");
    private static final Pattern REMOTE = Pattern.compile("(?:^|,)\\s*[A-Za-z][A-Za-z0-9+.-]+:[/\\\\]");
    private static final String UNITS = "kmgtp";

    private final String label;
    private final List<String> words;
    private final boolean many;

    private OptionType(String label, List<String> words, boolean many) {
        this.label = label;
        this.words = words;
        this.many = many;
    }

    static OptionType choice(String... words) {
        return new OptionType(String.join("|", words), List.of(words), false);
    }

    /** The value as help shows it: {@code BYTES}, {@code quarantine|fail}. */
    public String label() {
        return label;
    }

    /** Whether the option may be repeated. */
    public boolean many() {
        return many;
    }

    /** @throws ZipmapException {@code OPTION_INVALID}, {@code CREDENTIALS_IN_URI} */
    void check(Option option, String text) throws ZipmapException {
        if (!words.isEmpty()) {
            word(option, text);
        } else if (this == BYTES) {
            bytes(option, text);
        } else if (this == NUMBER) {
            number(option, text);
        } else if (this == URI || this == URIS) {
            Credentials.refuse(text);
        } else if (this == FOLDERS && REMOTE.matcher(text).find()) {
            throw invalid(option, text, "local folders, without a URI scheme");
        }
    }

    /** The matching word of a choice, in its declared spelling. */
    String word(Option option, String text) throws ZipmapException {
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        throw invalid(option, text, "one of " + String.join(", ", words));
    }

    /** Parses a size as Spark writes it: {@code 64m}, {@code 2g}. The units are powers of 1024. */
    long bytes(Option option, String text) throws ZipmapException {
        Matcher matcher = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
            long number = Long.parseLong(matcher.group(1));
            if (number <= Long.MAX_VALUE >> 10 * power) {
                return number << 10 * power;
            }
        }
        throw invalid(option, text, "a size as in 64m, 2g or 1t");
    }

    long number(Option option, String text) throws ZipmapException {
        try {
            long number = Long.parseLong(text.trim());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(option, text, "a whole number").because(e);
        }
        throw invalid(option, text, "a whole number of at least 0");
    }

    private static ZipmapException invalid(Option option, String text, String expected) {
        return new ZipmapException(Condition.OPTION_INVALID, "Invalid value of " + option.mention() + ": " + text)
                .expected(expected);
    }
}
