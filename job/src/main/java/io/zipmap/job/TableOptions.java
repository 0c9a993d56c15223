package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.array.RawLayout;
import io.zipmap.options.Option;
import io.zipmap.options.OptionType;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.RunOutput;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values of the options that decide the tables of a run, as {@link Option#decidesTables} declares them. Equal
 * values have equal texts. A run records them beside its tables, and an incremental run must have the same. Immutable.
 */
final class TableOptions {
    private static final List<Option> ALL =
            Arrays.stream(Option.values()).filter(Option::decidesTables).toList();

    private final Map<Option, String> texts;

    private TableOptions(Map<Option, String> texts) {
        this.texts = texts;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    static TableOptions of(OptionValues values) throws ZipmapException {
        Map<Option, String> texts = new EnumMap<>(Option.class);
        for (Option option : ALL) {
            texts.put(option, values.text(option).isPresent() ? canonicalText(option, values) : "");
        }
        return new TableOptions(texts);
    }

    private static String canonicalText(Option option, OptionValues values) throws ZipmapException {
        String given = values.required(option);
        if (option == Option.DTYPE) {
            boolean big = values.word(Option.BYTE_ORDER).equals("big");
            return Dtype.parse(given, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .toString();
        }
        if (option == Option.SHAPE) {
            return Arrays.toString(RawLayout.parseAxes(given));
        }
        if (option == Option.TABLE_FORMAT) {
            return given.toLowerCase(Locale.ROOT);
        }
        if (option.type() == OptionType.BYTES) {
            return Long.toString(values.bytes(option));
        }
        if (option.type() == OptionType.NUMBER) {
            return Long.toString(values.number(option));
        }
        return option.type() == OptionType.TEXT ? given : values.word(option);
    }

    /** Texts by option name. */
    Map<String, String> texts() {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(text -> text.getKey().optionName(), Map.Entry::getValue));
    }

    /**
     * Refuses other options than those of the former run: rows made with different options must not be in one table.
     *
     * @throws ZipmapException {@code OPTION_INVALID} with the first option that differs; {@code OUTPUT_UNUSABLE} if the
     *     output does not record its options
     */
    void requireSame(RunOutput former) throws ZipmapException {
        if (former.options().isEmpty()) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE,
                            "Cannot continue from an output that does not record its options: " + former.folder())
                    .advice("Do everything again with --overwrite.");
        }
        for (Option option : ALL) {
            String recorded = former.options().getOrDefault(option.optionName(), "");
            String given = texts.getOrDefault(option, "");
            if (!recorded.equals(given)) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID,
                                "Cannot continue from a former run with another " + option.flag())
                        .expected(recorded.isEmpty() ? "none" : recorded)
                        .actual(given.isEmpty() ? "none" : given)
                        .advice("Give the options of the former run, or do everything again with --overwrite.");
            }
        }
    }
}
