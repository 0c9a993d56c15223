package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionTaker;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.ExtractSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the arrays are opened to queries: options for the data source. Immutable. */
public final class ElementsSettings {
    /** What a former run knows better, by each of its arrays. */
    private static final Set<Option> KNOWN =
            Set.of(Option.ENTRIES, Option.DUPLICATES, Option.DTYPE, Option.SHAPE, Option.ORDER, Option.BYTE_ORDER);

    /** Inputs are its paths, and what may be read only the configuration says. */
    private static final Set<Option> NEVER = Set.of(Option.INPUT, Option.ALLOWED_ROOTS);

    private final List<String> inputs;
    private final Map<Option, String> options;

    private ElementsSettings(List<String> inputs, Map<Option, String> options) {
        this.inputs = List.copyOf(inputs);
        this.options = options;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static ElementsSettings of(OptionValues values) throws ZipmapException {
        ExtractSettings.of(values);
        Map<Option, String> options = new LinkedHashMap<>();
        for (Option option : OptionTaker.SOURCE.options()) {
            List<String> texts = values.texts(option);
            boolean said = option == Option.ON_ERROR || !values.isDefault(option);
            if (said && !texts.isEmpty() && !NEVER.contains(option)) {
                String all = String.join(",", texts);
                options.put(option, option.type().many() ? all : texts.get(texts.size() - 1));
            }
        }
        return new ElementsSettings(values.texts(Option.INPUT), options);
    }

    /** The same for the arrays that a run has published. */
    ElementsSettings ofOutput(String output) {
        Map<Option, String> rest = new LinkedHashMap<>(options);
        rest.keySet().removeAll(KNOWN);
        return new ElementsSettings(List.of(output), rest);
    }

    List<String> inputs() {
        return inputs;
    }

    /** By option name. */
    Map<String, String> options() {
        Map<String, String> names = new LinkedHashMap<>();
        options.forEach((option, text) -> names.put(option.optionName(), text));
        return names;
    }
}
