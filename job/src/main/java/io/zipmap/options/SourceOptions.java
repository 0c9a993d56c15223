package io.zipmap.options;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the options of the data source. The names are not case-sensitive. An option of the reader overrides Spark's
 * configuration, which overrides the default.
 */
public final class SourceOptions {
    private static final List<Option> ALL = OptionTaker.SOURCE.options();
    private static final Map<Option, String> DEFAULTS = OptionTaker.SOURCE.defaults();

    private SourceOptions() {}

    /**
     * Resolves every option for the data source.
     *
     * @param given options of the reader, without {@code path} and {@code paths}, which belong to Spark
     * @param property returns the value of a key of Spark's configuration; null if the key is not set
     * @throws ZipmapException {@code OPTION_INVALID} for an unknown name, with the nearest known one or with what
     *     replaces it here, and for a value that is not of the option's type
     */
    public static OptionValues resolve(Map<String, String> given, Function<String, @Nullable String> property)
            throws ZipmapException {
        Map<Option, List<String>> options = new EnumMap<>(Option.class);
        for (Map.Entry<String, String> one : given.entrySet()) {
            options.put(named(one.getKey()), List.of(one.getValue()));
        }
        return OptionValues.resolve(options, property, DEFAULTS);
    }

    private static Option named(String name) throws ZipmapException {
        for (Option option : ALL) {
            if (option.optionName().equalsIgnoreCase(name)) {
                if (option == Option.ALLOWED_ROOTS) {
                    throw new ZipmapException(
                                    Condition.OPTION_INVALID, "Cannot set this option on the data source: " + name)
                            .advice("Set " + option.property() + " in Spark's configuration.");
                }
                return option;
            }
        }
        String nearest = UnknownOptions.nearest(
                Stream.concat(Stream.of("path"), ALL.stream().map(Option::optionName)), name);
        throw new ZipmapException(Condition.OPTION_INVALID, "Unknown option: " + name)
                .advice(ForeignOptions.advice(name).orElse("Did you mean " + nearest + "?"));
    }
}
