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

/** The values of all options for one call, each with its origin. Immutable. */
public final class OptionValues {
    /** A value and who said it. */
    private record Value(List<String> texts, String origin) {}

    private static final String DEFAULT = "default";

    private final Map<Option, Value> values;

    private OptionValues(Map<Option, Value> values) {
        this.values = values;
    }

    /**
     * Resolves every option: the command line goes before Spark's configuration, and that before the default.
     *
     * @param said what the command line says
     * @param property looks a key of Spark's configuration up; null when it is not set
     * @param defaults defaults that differ for this command
     * @throws ZipmapException {@code OPTION_INVALID} for a value that is not of the option's type
     */
    public static OptionValues resolve(
            Map<Option, List<String>> said, Function<String, @Nullable String> property, Map<Option, String> defaults)
            throws ZipmapException {
        Map<Option, Value> values = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            Value value = resolve(option, said, property, defaults);
            for (String text : value.texts()) {
                option.type().check(option, text);
            }
            values.put(option, value);
        }
        return new OptionValues(values);
    }

    private static Value resolve(
            Option option,
            Map<Option, List<String>> said,
            Function<String, @Nullable String> property,
            Map<Option, String> defaults) {
        List<String> line = said.get(option);
        if (line != null) {
            return new Value(List.copyOf(line), option.flag());
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

    public Optional<String> text(Option option) {
        return texts(option).stream().reduce((first, last) -> last);
    }

    /** The text of an option that has a default. */
    public String required(Option option) throws ZipmapException {
        return text(option)
                .orElseThrow(() ->
                        new ZipmapException(Condition.OPTION_INVALID, "Cannot do without an option: " + option.flag()));
    }

    public List<String> texts(Option option) {
        return value(option).texts();
    }

    /** Several values that may also stand in one text: between commas, or as Python writes a list. */
    public List<String> commaSeparated(Option option) {
        return texts(option).stream()
                .flatMap(text -> ListParser.of(text).stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public boolean flag(Option option) throws ZipmapException {
        return Boolean.parseBoolean(required(option).toLowerCase(Locale.ROOT));
    }

    /** One of the words of a choice, in the spelling of the table. */
    public String word(Option option) throws ZipmapException {
        return option.type().word(option, required(option));
    }

    public long bytes(Option option) throws ZipmapException {
        return option.type().bytes(option, required(option));
    }

    public long number(Option option) throws ZipmapException {
        return option.type().number(option, required(option));
    }

    /** Where the value comes from: the flag, the key in Spark's configuration, or {@code default}. */
    public String origin(Option option) {
        return value(option).origin();
    }

    /** Whether nobody said it. */
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
