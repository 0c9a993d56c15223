package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionTaker;
import io.zipmap.options.OptionValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The inputs and data source options with which the views over the data source are opened. Immutable. */
public final class ViewSettings {
    /** Not options of the reader: inputs are its paths, and only Spark's configuration sets the allowed roots. */
    private static final Set<Option> NOT_OF_READER = Set.of(Option.INPUT, Option.ALLOWED_ROOTS);

    private final List<String> inputs;
    private final Map<Option, String> options;
    private final Optional<String> table;

    private ViewSettings(List<String> inputs, Map<Option, String> options, Optional<String> table) {
        this.inputs = List.copyOf(inputs);
        this.options = options;
        this.table = table;
    }

    static ViewSettings of(OptionValues values) throws ZipmapException {
        Map<Option, String> options = new LinkedHashMap<>();
        for (Option option : OptionTaker.SOURCE.options()) {
            List<String> texts = values.texts(option);
            boolean isGiven = option == Option.ON_ERROR || !values.isDefault(option);
            if (isGiven && !texts.isEmpty() && !NOT_OF_READER.contains(option)) {
                String all = String.join(",", texts);
                options.put(option, option.type().many() ? all : texts.get(texts.size() - 1));
            }
        }
        Optional<String> table =
                values.isDefault(Option.TABLE) ? Optional.empty() : Optional.of(values.word(Option.TABLE));
        return new ViewSettings(values.texts(Option.INPUT), options, table);
    }

    /** The settings for the output of a run, which records the layout of each array itself. */
    ViewSettings ofOutput(String output) {
        Map<Option, String> rest = new LinkedHashMap<>(options);
        rest.keySet().removeIf(Option::decidesArrays);
        return new ViewSettings(List.of(output), rest, table);
    }

    List<String> inputs() {
        return inputs;
    }

    /** The table that the option {@code table} names. */
    public Optional<String> table() {
        return table;
    }

    /**
     * Texts of the options by name, for one of the tables. Names of columns are for the table that the option
     * {@code table} names, otherwise for each table that has columns to name.
     */
    Map<String, String> options(String ofTable) {
        Map<String, String> names = new LinkedHashMap<>();
        options.forEach((option, text) -> names.put(option.optionName(), text));
        if (ofTable.equals(SourceView.ARRAYS) || !ofTable.equals(table.orElse(ofTable))) {
            names.remove(Option.COLUMNS.optionName());
        }
        names.put(Option.TABLE.optionName(), ofTable);
        return names;
    }
}
