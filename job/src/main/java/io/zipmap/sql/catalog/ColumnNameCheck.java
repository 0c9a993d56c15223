package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ColumnNames;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import io.zipmap.array.ListParser;
import io.zipmap.options.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** Checks that SQL can distinguish the fields of a structure, and columns from hidden columns, by their names. */
final class ColumnNameCheck {
    private static final int MAX_SHOWN = 20;

    private ColumnNameCheck() {}

    /**
     * Checks the names of columns and of the fields of STRUCT columns.
     *
     * @param names the names that the user gives to columns; null for those of the fields
     * @throws ZipmapException {@code COLUMN_NAME_UNUSABLE}
     */
    static void check(FoundArray array, @Nullable NamedColumns names) throws ZipmapException {
        try {
            Dtype dtype = array.layout().dtype();
            if (!array.layout().hasFieldColumns()) {
                checkStruct(dtype);
                return;
            }
            if (names == null) {
                checkColumns(dtype.fields());
            }
            int taken = names == null ? dtype.fields().size() : names.count();
            for (Field field : dtype.fields().subList(0, taken)) {
                checkStruct(field.dtype());
            }
        } catch (ZipmapException e) {
            throw e.archive(array.archive().uri()).entry(array.entry());
        }
    }

    /**
     * Checks the names of members, and of the fields of STRUCT columns.
     *
     * @param names of the arrays, in the same order
     * @throws ZipmapException {@code COLUMN_NAME_UNUSABLE}
     */
    static void checkMembers(List<FoundArray> arrays, List<String> names) throws ZipmapException {
        Map<String, String> seen = new HashMap<>();
        MetadataField.NAMES.forEach(hidden -> seen.put(hidden, hidden));
        for (int i = 0; i < names.size(); i++) {
            FoundArray array = arrays.get(i);
            try {
                String former = seen.putIfAbsent(folded(names.get(i)), names.get(i));
                if (former != null || names.get(i).isEmpty()) {
                    throw unusableMember(names.get(i), former);
                }
                checkStruct(array.layout().dtype());
            } catch (ZipmapException e) {
                throw e.archive(array.archive().uri()).entry(array.entry());
            }
        }
    }

    /** @param former the name of another column; null if {@code name} is empty */
    static ZipmapException unusableMember(String name, @Nullable String former) {
        return new ZipmapException(
                        Condition.COLUMN_NAME_UNUSABLE, "Cannot use the name of a member in SQL: '" + name + "'")
                .expected("names that differ, not in case only, also from " + MetadataField.NAMES)
                .actual(former == null ? "an empty name" : "'" + former + "' and '" + name + "'")
                .advice("Choose members, as in " + Option.COLUMNS.mention("x,y") + ".");
    }

    /** Checks the fields that become columns, which the user can rename. */
    private static void checkColumns(List<Field> fields) throws ZipmapException {
        Optional<String> unusable = firstUnusable(fields, MetadataField.NAMES);
        if (unusable.isPresent()) {
            throw unusableName(unusable.get())
                    .expected("names that differ, also from " + MetadataField.NAMES)
                    .advice("Give each column a name"
                            + (fields.size() > MAX_SHOWN
                                    ? " with " + Option.COLUMNS.mention() + "."
                                    : ": " + Option.COLUMNS.mention(usableValue(fields))));
        }
    }

    /** Checks the fields of a STRUCT, which cannot be renamed. */
    private static void checkStruct(Dtype dtype) throws ZipmapException {
        Optional<String> unusable = firstUnusable(dtype.fields(), List.of());
        if (unusable.isPresent()) {
            throw unusableName(unusable.get())
                    .expected("names that differ")
                    .advice(
                            unusable.get().isEmpty()
                                    ? "Leave out later columns, as in " + Option.COLUMNS.mention("a,b,...")
                                            + ", or other arrays with " + Option.ENTRIES.mention() + "."
                                    : "Set spark.sql.caseSensitive.");
        }
        for (Field field : dtype.fields()) {
            checkStruct(field.dtype());
        }
    }

    private static ZipmapException unusableName(String name) {
        return new ZipmapException(
                Condition.COLUMN_NAME_UNUSABLE, "Cannot use the name of a field in SQL: '" + name + "'");
    }

    private static Optional<String> firstUnusable(List<Field> fields, List<String> taken) {
        Set<String> seen = new HashSet<>(taken);
        return fields.stream()
                .map(Field::name)
                .filter(name -> name.isEmpty() || !seen.add(folded(name)))
                .findFirst();
    }

    private static String folded(String name) {
        return SQLConf.get().caseSensitiveAnalysis() ? name : name.toLowerCase(Locale.ROOT);
    }

    /** A value of the option {@code columns} for all fields, with the name of each field where it is usable. */
    private static String usableValue(List<Field> fields) {
        Set<String> seen = new HashSet<>(MetadataField.NAMES);
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            String plain = field.name().isEmpty() ? ColumnNames.VALUE : field.name();
            String name = plain;
            for (int i = 2; !seen.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = plain + i;
            }
            names.add(name);
        }
        boolean needsQuotes =
                names.stream().anyMatch(name -> !ListParser.parse(name).equals(List.of(name)));
        return needsQuotes
                ? names.stream()
                        .map(name -> '\'' + name.replace("\\", "\\\\").replace("'", "\\'") + '\'')
                        .collect(Collectors.joining(", ", "[", "]"))
                : String.join(",", names);
    }
}
