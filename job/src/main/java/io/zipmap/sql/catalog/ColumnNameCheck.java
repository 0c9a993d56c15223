package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ColumnNames;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import io.zipmap.array.ListParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** Whether SQL can tell the fields of a structure apart, and a column from a hidden one. */
final class ColumnNameCheck {
    private static final int MOST_SHOWN = 20;

    private ColumnNameCheck() {}

    /**
     * Looks at what become the names of columns and of fields of STRUCT.
     *
     * @param names that are given to the columns instead
     * @throws ZipmapException {@code COLUMN_NAME_UNUSABLE}
     */
    static void check(FoundArray array, @Nullable NamedColumns names) throws ZipmapException {
        try {
            Dtype dtype = array.layout().dtype();
            if (!array.layout().hasFieldColumns()) {
                check(dtype);
                return;
            }
            if (names == null) {
                checkColumns(dtype.fields());
            }
            int taken = names == null ? dtype.fields().size() : names.count();
            for (Field field : dtype.fields().subList(0, taken)) {
                check(field.dtype());
            }
        } catch (ZipmapException e) {
            throw e.archive(array.archive().uri()).entry(array.entry());
        }
    }

    /** The fields that become columns: they may have other names. */
    private static void checkColumns(List<Field> fields) throws ZipmapException {
        Optional<String> unusable = unusable(fields, MetadataField.NAMES);
        if (unusable.isPresent()) {
            throw refused(unusable.get())
                    .expected("names that differ, also from " + MetadataField.NAMES)
                    .advice("Give each column a name with the option columns"
                            + (fields.size() > MOST_SHOWN ? "." : ": " + usable(fields)));
        }
    }

    /** The same of a STRUCT: only its own names will do. */
    private static void check(Dtype dtype) throws ZipmapException {
        Optional<String> unusable = unusable(dtype.fields(), List.of());
        if (unusable.isPresent()) {
            throw refused(unusable.get())
                    .expected("names that differ")
                    .advice(
                            unusable.get().isEmpty()
                                    ? "The option columns leaves later columns out, the option entries other arrays."
                                    : "Set spark.sql.caseSensitive.");
        }
        for (Field field : dtype.fields()) {
            check(field.dtype());
        }
    }

    private static ZipmapException refused(String name) {
        return new ZipmapException(
                Condition.COLUMN_NAME_UNUSABLE, "Cannot use the name of a field in SQL: '" + name + "'");
    }

    private static Optional<String> unusable(List<Field> fields, List<String> taken) {
        Set<String> seen = new HashSet<>(taken);
        return fields.stream()
                .map(Field::name)
                .filter(name -> name.isEmpty() || !seen.add(folded(name)))
                .findFirst();
    }

    private static String folded(String name) {
        return SQLConf.get().caseSensitiveAnalysis() ? name : name.toLowerCase(Locale.ROOT);
    }

    /** A value of the option that names every field, as far as it goes as the field is called. */
    private static String usable(List<Field> fields) {
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
        boolean literal =
                names.stream().anyMatch(name -> !ListParser.parse(name).equals(List.of(name)));
        return literal
                ? names.stream()
                        .map(name -> '\'' + name.replace("\\", "\\\\").replace("'", "\\'") + '\'')
                        .collect(Collectors.joining(", ", "[", "]"))
                : String.join(",", names);
    }
}
