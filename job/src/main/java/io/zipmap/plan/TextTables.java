package io.zipmap.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Tables in json and csv, which do not carry their types; csv has no arrays either, so they are JSON text there. */
public final class TextTables {
    private static final String CSV = "csv";
    private static final String JSON = "json";
    private static final Map<String, String> CSV_OPTIONS = Map.of(
            "header",
            "true",
            "multiLine",
            "true",
            "escape",
            "\"",
            "ignoreLeadingWhiteSpace",
            "false",
            "ignoreTrailingWhiteSpace",
            "false",
            "lineSep",
            "\n");

    private static final String NULL = "nullValue";

    private TextTables() {}

    public static boolean holds(String format) {
        return format.equalsIgnoreCase(CSV) || format.equalsIgnoreCase(JSON);
    }

    /** Options for writing in this format; in JSON, a row without a value still says so. */
    public static Map<String, String> options(String format) {
        if (format.equalsIgnoreCase(JSON)) {
            return Map.of("ignoreNullFields", "false");
        }
        return format.equalsIgnoreCase(CSV) ? CSV_OPTIONS : Map.of();
    }

    /** The table as the format can hold it. */
    public static Dataset<Row> writable(Dataset<Row> table, String format) {
        if (!format.equalsIgnoreCase(CSV)) {
            return table;
        }
        return table.select(Arrays.stream(table.schema().fields())
                .map(field -> field.dataType() instanceof ArrayType
                        ? functions.to_json(table.col(field.name())).as(field.name())
                        : table.col(field.name()))
                .toArray(Column[]::new));
    }

    /** @param schema of the columns that are wanted; those that the table does not have are left out */
    static Dataset<Row> read(SparkSession session, String format, StructType schema, String... path) {
        if (format.equalsIgnoreCase(JSON)) {
            return LiteralPaths.reader(session)
                    .schema(found(schema, session, path))
                    .json(path);
        }
        // What stands for a field without text, and must be no text that a field has. A quoted field without text is
        // empty.
        String absent = UUID.randomUUID().toString();
        Dataset<Row> text = LiteralPaths.reader(session)
                .schema(texts(session, path))
                .options(CSV_OPTIONS)
                .option(NULL, absent)
                .csv(path);
        Column[] columns = Arrays.stream(schema.fields())
                .filter(field -> List.of(text.columns()).contains(field.name()))
                .map(field -> typed(text, field))
                .toArray(Column[]::new);
        return text.select(columns);
    }

    /** Quantiles are columns only of runs that were asked for them; a row names all its columns. */
    private static StructType found(StructType schema, SparkSession session, String... path) {
        List<String> row = LiteralPaths.reader(session).textFile(path).takeAsList(1);
        return row.isEmpty()
                ? schema
                : new StructType(Arrays.stream(schema.fields())
                        .filter(field -> row.get(0).contains("\"" + field.name() + "\":"))
                        .toArray(StructField[]::new));
    }

    /**
     * The columns by the line of names: Spark would look for them too, but takes the names of the files for globs
     * there.
     */
    private static StructType texts(SparkSession session, String... path) {
        StructType columns = new StructType();
        for (String line : LiteralPaths.reader(session).textFile(path).takeAsList(1)) {
            for (String name : line.split(",")) {
                columns = columns.add(name, DataTypes.StringType);
            }
        }
        return columns;
    }

    private static Column typed(Dataset<Row> text, StructField field) {
        Column column = text.col(field.name());
        boolean array = field.dataType() instanceof ArrayType;
        return (array ? functions.from_json(column, field.dataType()) : column.cast(field.dataType())).as(field.name());
    }
}
