package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ListParser;
import io.zipmap.options.Option;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names that the option {@code columns} gives to the first columns; later columns are left out. Immutable. */
final class NamedColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> names;

    private NamedColumns(List<String> names) {
        this.names = names;
    }

    /**
     * @throws ZipmapException {@code OPTION_INVALID} for an empty name, a repeated name, or the name of a hidden column
     */
    static NamedColumns parse(String text) throws ZipmapException {
        List<String> names = ListParser.parse(text);
        if (names.isEmpty()) {
            throw new ZipmapException(
                    Condition.OPTION_INVALID, "Invalid value of " + Option.COLUMNS.flag() + ": it has no name");
        }
        Set<String> seen = new HashSet<>();
        MetadataField.NAMES.forEach(hidden -> seen.add(hidden.toLowerCase(Locale.ROOT)));
        for (String name : names) {
            if (name.isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID, "Invalid value of " + Option.COLUMNS.flag() + ": " + text)
                        .expected("different names between commas, none of them " + MetadataField.NAMES)
                        .actual(name.isEmpty() ? "an empty name" : name + " once more");
            }
        }
        return new NamedColumns(names);
    }

    int count() {
        return names.size();
    }

    String name(int column) {
        return names.get(column);
    }
}
