package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ListParser;
import io.zipmap.options.Option;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that the option {@code columns} gives to the columns of a table. Names that end with {@code ...} are those
 * of the first columns, and leave out the others. Immutable.
 */
final class NamedColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String OTHERS = "...";

    /** A comma and {@code ...} at the end, perhaps inside the bracket of a Python list. */
    private static final Pattern LAST_OTHERS = Pattern.compile(",\\s*\\.\\.\\.\\s*([])]?)\\s*$");

    private static final int MAX_SHOWN = 5;

    private final List<String> names;
    private final HashMap<String, Integer> positions = new HashMap<>();
    private final boolean leavesOutOthers;

    private NamedColumns(List<String> names, boolean leavesOutOthers) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), i);
        }
        this.leavesOutOthers = leavesOutOthers;
    }

    /**
     * @throws ZipmapException {@code OPTION_INVALID} for an empty name, a repeated name, or the name of a hidden column
     */
    static NamedColumns parse(String text) throws ZipmapException {
        String shorter = LAST_OTHERS.matcher(text).replaceFirst("$1");
        List<String> names = ListParser.parse(shorter);
        boolean quoted = !names.isEmpty() && names.get(names.size() - 1).equals(OTHERS);
        if (quoted) {
            names = names.subList(0, names.size() - 1);
        }
        if (names.isEmpty()) {
            throw new ZipmapException(
                    Condition.OPTION_INVALID, "Invalid value of " + Option.COLUMNS.mention() + ": it has no name");
        }
        Set<String> seen = new HashSet<>();
        MetadataField.NAMES.forEach(hidden -> seen.add(hidden.toLowerCase(Locale.ROOT)));
        for (String name : names) {
            if (name.isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID, "Invalid value of " + Option.COLUMNS.mention() + ": " + text)
                        .expected("different names between commas, none of them " + MetadataField.NAMES)
                        .actual(name.isEmpty() ? "an empty name" : name + " once more");
            }
        }
        return new NamedColumns(List.copyOf(names), quoted || !shorter.equals(text));
    }

    /**
     * Checks the number of names against the columns of an array.
     *
     * @return the number of columns that the table has
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    int countOf(long available, boolean hasFields) throws ZipmapException {
        if (names.size() > available) {
            throw wrongCount("more").expected("at most " + named(available));
        }
        if (names.size() < available && !leavesOutOthers) {
            throw wrongCount("fewer")
                    .expected(named(available))
                    .advice("To leave out the other columns, give " + Option.COLUMNS.mention(firstOnly())
                            + (hasFields
                                    ? ""
                                    : "; to have each array as one column, as for images, give "
                                            + Option.TABLE.mention("members"))
                            + ".");
        }
        return names.size();
    }

    private ZipmapException wrongCount(String than) {
        return new ZipmapException(
                        Condition.OPTION_INVALID,
                        "Invalid value of " + Option.COLUMNS.mention() + ": it has " + than
                                + " names than there are columns")
                .actual(named(names.size()));
    }

    private static String named(long count) {
        return count + (count == 1 ? " name" : " names");
    }

    /** A value of the option that leaves out later columns, if the names are few and plain with these names. */
    private String firstOnly() {
        String joined = String.join(",", names);
        boolean plain = names.size() <= MAX_SHOWN && ListParser.parse(joined).equals(names);
        return (plain ? joined : "a,b") + "," + OTHERS;
    }

    /**
     * The number of columns of an array of {@code available} columns that the table has, unless the number is wrong.
     */
    long limit(long available) {
        return leavesOutOthers ? Math.min(available, names.size()) : available;
    }

    int count() {
        return names.size();
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    /** The position of a name; -1 if it is none of the names. */
    int index(String name) {
        Integer index = positions.get(name);
        return index == null ? -1 : index;
    }

    /** The first name that is not among others. */
    Optional<String> firstNotIn(Collection<String> others) {
        Set<String> set = new HashSet<>(others);
        return names.stream().filter(name -> !set.contains(name)).findFirst();
    }

    String name(int column) {
        return names.get(column);
    }
}
