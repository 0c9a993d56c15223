package io.zipmap.options;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what the user said of a persistent table from what Spark's catalog keeps beside it: owner, provider, comment,
 * and the properties of TBLPROPERTIES. The catalog keeps an option a second time, with a prefix, and the path as the
 * location.
 */
public final class CatalogProperties {
    private static final String OPTION = "option.";
    private static final String LOCATION = "location";
    private static final String PATH = "path";
    /** Spark writes one of these at least. */
    private static final Set<String> MARKS = Set.of("provider", "owner", "external");

    private CatalogProperties() {}

    /**
     * @return the options as the user gave them, the path among them; all that was given where it comes from no catalog
     */
    public static Map<String, String> options(Map<String, String> given) {
        if (!areOf(given)) {
            return given;
        }
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((key, value) -> {
            if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), value);
            }
        });
        // ALTER TABLE changes this one. Where the user gave no path, Spark makes a folder, and says so as the path
        // only.
        if (given.containsKey(LOCATION)) {
            options.put(PATH, given.get(LOCATION));
        }
        return options;
    }

    /**
     * @return the properties as DESCRIBE and SHOW CREATE TABLE show them; none where what is given comes from no
     *     catalog
     */
    public static Map<String, String> shown(Map<String, String> given) {
        Map<String, String> shown = new TreeMap<>();
        if (areOf(given)) {
            shown.putAll(given);
            shown.keySet().removeIf(key -> key.equals(PATH) || given.containsKey(OPTION + key));
        }
        return shown;
    }

    private static boolean areOf(Map<String, String> given) {
        return given.keySet().stream().anyMatch(key -> MARKS.contains(key) || key.startsWith(OPTION));
    }
}
