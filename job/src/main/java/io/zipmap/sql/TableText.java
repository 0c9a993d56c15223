package io.zipmap.sql;

import io.zipmap.Printable;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table in words, for people. */
public final class TableText {
    /** The hidden columns of a table of arrays. */
    public static final List<String> HIDDEN = MetadataField.NAMES;

    private static final int MAX_COLUMNS = 20;
    private static final int MAX_TYPE = 60;
    private static final String NANOSECONDS = "ns";

    private TableText() {}

    /** One line with the columns and their types, and one for each time that Spark has no type for. */
    public static String of(String table, StructType schema) {
        StructField[] fields = schema.fields();
        String columns =
                Arrays.stream(fields).limit(MAX_COLUMNS).map(TableText::column).collect(Collectors.joining(", "));
        String more = fields.length <= MAX_COLUMNS
                ? ""
                : ", … " + fields[fields.length - 1].name() + " (" + fields.length + " columns)";
        List<String> lines = new ArrayList<>();
        lines.add(table + "  " + columns + more);
        for (StructField field : fields) {
            if (NANOSECONDS.equals(unit(field))) {
                lines.add("  " + field.name() + " as TIMESTAMP_NTZ: " + timestamp(field.name()));
            }
        }
        return lines.stream().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
    }

    /**
     * The SQL expression for a column of {@code datetime64[ns]}. Rounds down to microseconds, before 1970 too, and does
     * not depend on the time zone of the session.
     */
    static String timestamp(String column) {
        String t = column.matches("[A-Za-z_]\\w*") ? column : '`' + column.replace("`", "``") + '`';
        return "TIMESTAMP_NTZ'1970-01-01' + INTERVAL '0.000001' SECOND * (" + t + " div 1000 - int(" + t
                + " % 1000 < 0))";
    }

    /** The members that a scan reads, as EXPLAIN shows them. */
    static String members(List<String> read, int all) {
        String names = read.stream().limit(MAX_COLUMNS).collect(Collectors.joining(", "));
        String more = read.size() > MAX_COLUMNS ? ", … (" + read.size() + " members)" : "";
        return "members [" + names + more + "] of " + all;
    }

    private static String column(StructField field) {
        String type = field.dataType().sql();
        String shown = type.length() <= MAX_TYPE ? type : type.substring(0, MAX_TYPE - 1) + "…";
        String unit = unit(field);
        return field.name() + " " + shown + (unit.isEmpty() ? "" : " [" + unit + "]");
    }

    private static String unit(StructField field) {
        return field.metadata().contains(TableSchema.UNIT) ? field.metadata().getString(TableSchema.UNIT) : "";
    }
}
