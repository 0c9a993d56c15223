package io.zipmap.options;

import static io.zipmap.options.Option.*;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of the data source: names in any case, before Spark's configuration, and that before the defaults. */
public final class SourceOptions {
    /** How the option table calls the data source. */
    static final String WORD = "source";

    /** In the order of the table. */
    public static final List<Option> ALL = List.of(
            INPUT,
            ENTRIES,
            DUPLICATES,
            DTYPE,
            SHAPE,
            ORDER,
            BYTE_ORDER,
            COLUMNS,
            PROVENANCE,
            ALLOWED_ROOTS,
            IN_PLACE,
            ON_ERROR,
            SCRATCH,
            SCRATCH_BUDGET,
            KEEP_SCRATCH,
            VERIFY,
            SLICE_BYTES,
            PACK_BYTES,
            MAX_ENTRY_BYTES,
            MAX_ARCHIVE_BYTES,
            MAX_ENTRIES,
            MAX_HEADER_CHARS,
            INFLATER);

    /** A query has no table of failures, so it fails unless it was told not to. */
    private static final Map<Option, String> DEFAULTS = Option.defaultsOf(WORD);

    private SourceOptions() {}

    /**
     * @param said what the reader was given; {@code path} and {@code paths}, which are Spark's own, left out
     * @param property looks a key of Spark's configuration up; null when it is not set
     * @throws ZipmapException {@code OPTION_INVALID} for a name that is no option, with the nearest that is, and for a
     *     value that is not of its type
     */
    public static OptionValues resolve(Map<String, String> said, Function<String, @Nullable String> property)
            throws ZipmapException {
        Map<Option, List<String>> options = new EnumMap<>(Option.class);
        for (Map.Entry<String, String> one : said.entrySet()) {
            options.put(option(one.getKey()), List.of(one.getValue()));
        }
        return OptionValues.resolve(options, property, DEFAULTS);
    }

    private static Option option(String name) throws ZipmapException {
        for (Option option : ALL) {
            if (option.optionName().equalsIgnoreCase(name)) {
                if (option == ALLOWED_ROOTS) {
                    throw new ZipmapException(Condition.OPTION_INVALID, "Cannot allow oneself more: " + name)
                            .advice("Set " + option.property() + " in Spark's configuration.");
                }
                return option;
            }
        }
        String nearest = UnknownOptions.nearest(
                Stream.concat(Stream.of("path"), ALL.stream().map(Option::optionName)), name);
        throw new ZipmapException(Condition.OPTION_INVALID, "Unknown option: " + name)
                .advice("Did you mean " + nearest + "?");
    }
}
