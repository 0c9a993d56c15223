package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** One of the tables that the data source makes of the same archives, as the option {@code table} names it. */
public enum TableKind {
    /** A row for each row of each array. */
    ELEMENTS,
    /** A row for each index along the first axis, and a column for each array of an archive. */
    MEMBERS,
    /** A row for each array. */
    ARRAYS;

    /** The word of the option. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TableKind of(OptionValues values) throws ZipmapException {
        return valueOf(values.word(Option.TABLE).toUpperCase(Locale.ROOT));
    }

    /**
     * Reads only this option, so that the class of a table is known before its other options are checked.
     *
     * @param given options of a reader or properties of a persistent table
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    public static TableKind of(SparkSession session, Map<String, String> given) throws ZipmapException {
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.putAll(CatalogProperties.options(given));
        String text = options.get(Option.TABLE.optionName());
        Map<Option, List<String>> only = text == null ? Map.of() : Map.of(Option.TABLE, List.of(text));
        return of(OptionValues.resolve(
                only,
                key -> key.equals(Option.TABLE.property()) ? session.conf().get(key, null) : null,
                Map.of()));
    }
}
