package io.zipmap.sql.catalog;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Separates the user's options of a persistent table from the properties that Spark's catalog stores with them: owner,
 * provider, comment and TBLPROPERTIES. The catalog stores each option twice, plain and with the prefix {@code option.},
 * and the path as {@code location}.
 */
public final class CatalogProperties {
    private static final String OPTION = "option.";
    private static final String LOCATION = "location";
    private static final String PATH = "path";
    /** The catalog writes at least one of these. */
    private static final Set<String> MARKS = Set.of("provider", "owner", "external");

    private CatalogProperties() {}

    /**
     * The options as the user gave them, including the path.
     *
     * @return {@code given} unchanged if it does not come from a catalog
     */
    static Map<String, String> options(Map<String, String> given) {
        if (!areFromCatalog(given)) {
            return given;
        }
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((key, value) -> {
            if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), value);
            }
        });
        // ALTER TABLE changes the location only. Without a path from the user, Spark makes a folder and sets only path.
        if (given.containsKey(LOCATION)) {
            options.put(PATH, given.get(LOCATION));
        }
        return options;
    }

    /**
     * The properties as DESCRIBE and SHOW CREATE TABLE show them.
     *
     * @return empty if {@code given} does not come from a catalog
     */
    public static Map<String, String> shown(Map<String, String> given) {
        Map<String, String> shown = new TreeMap<>();
        if (areFromCatalog(given)) {
            shown.putAll(given);
            shown.keySet().removeIf(key -> key.equals(PATH) || given.containsKey(OPTION + key));
        }
        return shown;
    }

    private static boolean areFromCatalog(Map<String, String> given) {
        return given.keySet().stream().anyMatch(key -> MARKS.contains(key) || key.startsWith(OPTION));
    }
}
