package io.zipmap.options;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ListParser;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of all options for one call, each with its origin. Values are checked when they are resolved. Immutable.
 */
public final class OptionValues {
    /** A value and its origin. */
    private record Value(List<String> texts, String origin) {}

    private static final String DEFAULT = "default";

    private final Map<Option, Value> values;

    private OptionValues(Map<Option, Value> values) {
        this.values = values;
    }

    /**
     * Resolves every option. The command line overrides Spark's configuration, which overrides the default.
     *
     * @param given options of the command line
     * @param property returns the value of a key of Spark's configuration; null if the key is not set
     * @param defaults defaults of the {@link OptionTaker} that differ from the general ones
     * @throws ZipmapException {@code OPTION_INVALID} for a value that is not of the option's type
     */
    public static OptionValues resolve(
            Map<Option, List<String>> given, Function<String, @Nullable String> property, Map<Option, String> defaults)
            throws ZipmapException {
        Map<Option, Value> values = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            Value value = resolveOne(option, given, property, defaults);
            for (String text : value.texts()) {
                option.type().check(option, text);
            }
            values.put(option, value);
        }
        return new OptionValues(values);
    }

    private static Value resolveOne(
            Option option,
            Map<Option, List<String>> given,
            Function<String, @Nullable String> property,
            Map<Option, String> defaults) {
        List<String> texts = given.get(option);
        if (texts != null) {
            return new Value(List.copyOf(texts), option.flag());
        }
        String configured = property.apply(option.property());
        if (configured != null) {
            return new Value(List.of(configured), option.property());
        }
        String standard = defaults.containsKey(option)
                ? defaults.get(option)
                : option.defaultText().orElse(null);
        return new Value(standard == null ? List.of() : List.of(standard), DEFAULT);
    }

    /** The last text of an option; empty if it has neither a value nor a default. */
    public Optional<String> text(Option option) {
        return texts(option).stream().reduce((first, last) -> last);
    }

    /**
     * The last text of an option.
     *
     * @throws ZipmapException {@code OPTION_INVALID} if it has neither a value nor a default
     */
    public String required(Option option) throws ZipmapException {
        return text(option)
                .orElseThrow(
                        () -> new ZipmapException(Condition.OPTION_INVALID, "Missing option: " + option.mention()));
    }

    /**
     * The inputs of a command that needs one.
     *
     * @throws ZipmapException {@code OPTION_INVALID} without an input
     */
    public List<String> requiredInputs() throws ZipmapException {
        if (texts(Option.INPUT).isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Missing option: " + Option.INPUT.mention())
                    .advice("Name the archives: " + Option.INPUT.mention("FOLDER") + ", " + Option.INPUT.mention("FILE")
                            + " or " + Option.INPUT.mention("FOLDER/*.npz") + ".");
        }
        return texts(Option.INPUT);
    }

    /** All texts of an option that may be repeated. */
    public List<String> texts(Option option) {
        return value(option).texts();
    }

    /** The values of an option whose texts are comma-separated lists or Python lists. */
    public List<String> commaSeparated(Option option) {
        return texts(option).stream()
                .flatMap(text -> ListParser.parse(text).stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public boolean flag(Option option) throws ZipmapException {
        return Boolean.parseBoolean(required(option).toLowerCase(Locale.ROOT));
    }

    /** The word of a choice, in the spelling of its declaration. */
    public String word(Option option) throws ZipmapException {
        return option.type().word(option, required(option));
    }

    public long bytes(Option option) throws ZipmapException {
        return option.type().bytes(option, required(option));
    }

    public long number(Option option) throws ZipmapException {
        return option.type().number(option, required(option));
    }

    /** The origin of the value: the flag, the key of Spark's configuration, or {@code default}. */
    public String origin(Option option) {
        return value(option).origin();
    }

    /** Whether the value is the default. */
    public boolean isDefault(Option option) {
        return origin(option).equals(DEFAULT);
    }

    private Value value(Option option) {
        Value value = values.get(option);
        if (value == null) {
            throw new IllegalStateException("Not resolved: " + option);
        }
        return value;
    }
}
