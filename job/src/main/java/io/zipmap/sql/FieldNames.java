package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** Whether SQL can tell the fields of a structure apart, and a column from a hidden one. */
final class FieldNames {
    private FieldNames() {}

    /**
     * Looks at what become the names of columns and of fields of STRUCT.
     *
     * @param names that are given to the columns instead
     * @throws ZipmapException {@code COLUMN_NAME_UNUSABLE}
     */
    static void check(FoundArray array, @Nullable ColumnChoice names) throws ZipmapException {
        try {
            Dtype dtype = array.layout().dtype();
            if (!array.layout().hasFieldColumns()) {
                check(dtype);
                return;
            }
            if (names == null) {
                check(dtype.fields(), MetadataField.NAMES);
            }
            int taken = names == null ? dtype.fields().size() : names.count();
            for (Field field : dtype.fields().subList(0, taken)) {
                check(field.dtype());
            }
        } catch (ZipmapException e) {
            throw e.archive(array.archive().uri()).entry(array.entry());
        }
    }

    private static void check(Dtype dtype) throws ZipmapException {
        check(dtype.fields(), List.of());
        for (Field field : dtype.fields()) {
            check(field.dtype());
        }
    }

    private static void check(List<Field> fields, List<String> taken) throws ZipmapException {
        boolean exact = SQLConf.get().caseSensitiveAnalysis();
        Set<String> seen = new HashSet<>(taken);
        for (Field field : fields) {
            String name = exact ? field.name() : field.name().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || !seen.add(name)) {
                throw new ZipmapException(
                                Condition.COLUMN_NAME_UNUSABLE,
                                "Cannot use the name of a field in SQL: '" + field.name() + "'")
                        .expected("names that differ" + (exact ? "" : ", in more than case")
                                + (taken.isEmpty() ? "" : ", none of them " + taken))
                        .advice("Give the columns names with the option columns"
                                + (exact ? "." : ", or set spark.sql.caseSensitive."));
            }
        }
    }
}
