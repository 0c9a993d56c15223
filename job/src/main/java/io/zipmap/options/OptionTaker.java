package io.zipmap.options;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A part of zipmap that takes options: a {@link Command}, or the data source. {@link Option} declares who takes it. */
public interface OptionTaker {
    /** The data source; {@link SourceOptions} resolves its options. */
    OptionTaker SOURCE = new OptionTaker() {
        @Override
        public String word() {
            return "source";
        }
    };

    /** The name in the option table, which is also the word on the command line. */
    String word();

    /** The options that this takes, in the order in which {@link Option} declares them. */
    default List<Option> options() {
        return Arrays.stream(Option.values())
                .filter(option -> option.isTakenBy(this))
                .toList();
    }

    /** The defaults that differ from the general default of the option. */
    default Map<Option, String> defaults() {
        Map<Option, String> defaults = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (option.standard().exceptions().contains(this)) {
                option.defaultTextFor(this).ifPresent(text -> defaults.put(option, text));
            }
        }
        return Collections.unmodifiableMap(defaults);
    }
}
