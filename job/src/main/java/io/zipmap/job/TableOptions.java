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

/** The options that the tables of a run depend on, each in one spelling. Immutable. */
final class TableOptions {
    private static final List<Option> ALL = List.of(
            Option.TABLE_FORMAT,
            Option.ENTRIES,
            Option.DUPLICATES,
            Option.DTYPE,
            Option.SHAPE,
            Option.ORDER,
            Option.BYTE_ORDER,
            Option.IN_PLACE,
            Option.QUANTILES,
            Option.MAX_COLUMNS,
            Option.MAX_ENTRY_BYTES,
            Option.MAX_ARCHIVE_BYTES,
            Option.MAX_ENTRIES);

    private final Map<Option, String> texts;

    private TableOptions(Map<Option, String> texts) {
        this.texts = texts;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static TableOptions of(OptionValues values) throws ZipmapException {
        Map<Option, String> texts = new EnumMap<>(Option.class);
        for (Option option : ALL) {
            texts.put(option, values.text(option).isPresent() ? text(option, values) : "");
        }
        return new TableOptions(texts);
    }

    private static String text(Option option, OptionValues values) throws ZipmapException {
        String said = values.required(option);
        if (option == Option.DTYPE) {
            boolean big = values.word(Option.BYTE_ORDER).equals("big");
            return Dtype.parse(said, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .toString();
        }
        if (option == Option.SHAPE) {
            return Arrays.toString(RawLayout.parseAxes(said));
        }
        if (option == Option.TABLE_FORMAT) {
            return said.toLowerCase(Locale.ROOT);
        }
        if (option.type() == OptionType.BYTES) {
            return Long.toString(values.bytes(option));
        }
        if (option.type() == OptionType.NUMBER) {
            return Long.toString(values.number(option));
        }
        return option.type() == OptionType.TEXT ? said : values.word(option);
    }

    /** By option name, as they are noted beside the tables. */
    public Map<String, String> texts() {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(text -> text.getKey().optionName(), Map.Entry::getValue));
    }

    /**
     * Half of a table made in one way and half in another would be a wrong table.
     *
     * @throws ZipmapException {@code OPTION_INVALID} with the first option that differs; {@code OUTPUT_UNUSABLE} when
     *     the output does not say how it was made
     */
    void requireSame(RunOutput former) throws ZipmapException {
        if (former.options().isEmpty()) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE,
                            "Cannot go on from an output that does not say how it was made: " + former.folder())
                    .advice("Do everything again with --overwrite.");
        }
        for (Option option : ALL) {
            String then = former.options().getOrDefault(option.optionName(), "");
            String now = texts.getOrDefault(option, "");
            if (!then.equals(now)) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID,
                                "Cannot go on from a former run with another " + option.flag())
                        .expected(then.isEmpty() ? "none" : then)
                        .actual(now.isEmpty() ? "none" : now)
                        .advice("Give the options of the former run, or do everything again with --overwrite.");
            }
        }
    }
}
