package io.zipmap.job;

import io.zipmap.options.Option;
import io.zipmap.options.OptionTaker;
import io.zipmap.options.OptionValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inputs and data source options with which the view {@code elements} is opened. Immutable. */
public final class ElementsSettings {
    /** Not options of the reader: inputs are its paths, and only Spark's configuration sets the allowed roots. */
    private static final Set<Option> NOT_OF_READER = Set.of(Option.INPUT, Option.ALLOWED_ROOTS);

    private final List<String> inputs;
    private final Map<Option, String> options;

    private ElementsSettings(List<String> inputs, Map<Option, String> options) {
        this.inputs = List.copyOf(inputs);
        this.options = options;
    }

    static ElementsSettings of(OptionValues values) {
        Map<Option, String> options = new LinkedHashMap<>();
        for (Option option : OptionTaker.SOURCE.options()) {
            List<String> texts = values.texts(option);
            boolean isGiven = option == Option.ON_ERROR || !values.isDefault(option);
            if (isGiven && !texts.isEmpty() && !NOT_OF_READER.contains(option)) {
                String all = String.join(",", texts);
                options.put(option, option.type().many() ? all : texts.get(texts.size() - 1));
            }
        }
        return new ElementsSettings(values.texts(Option.INPUT), options);
    }

    /** The settings for the output of a run, which records the layout of each array itself. */
    ElementsSettings ofOutput(String output) {
        Map<Option, String> rest = new LinkedHashMap<>(options);
        rest.keySet().removeIf(Option::decidesArrays);
        return new ElementsSettings(List.of(output), rest);
    }

    List<String> inputs() {
        return inputs;
    }

    /** Texts of the options by name. */
    Map<String, String> options() {
        Map<String, String> names = new LinkedHashMap<>();
        options.forEach((option, text) -> names.put(option.optionName(), text));
        return names;
    }
}
