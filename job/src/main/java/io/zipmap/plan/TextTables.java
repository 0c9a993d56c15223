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

/**
 * Writes and reads tables in json and csv. Both formats store no types, so a reader gives the schema. csv has no arrays
 * either: an array is written as JSON text.
 */
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

    /** Whether the format is json or csv. */
    static boolean holds(String format) {
        return format.equalsIgnoreCase(CSV) || format.equalsIgnoreCase(JSON);
    }

    /** Spark's options for writing in this format. In JSON, a missing value is written as null. */
    public static Map<String, String> options(String format) {
        if (format.equalsIgnoreCase(JSON)) {
            return Map.of("ignoreNullFields", "false");
        }
        return format.equalsIgnoreCase(CSV) ? CSV_OPTIONS : Map.of();
    }

    /** The table with its columns converted to types that the format can store. */
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

    /** @param schema of the wanted columns; columns that the table does not have are left out */
    static Dataset<Row> read(SparkSession session, String format, StructType schema, String... path) {
        if (format.equalsIgnoreCase(JSON)) {
            return LiteralPaths.reader(session)
                    .schema(presentColumns(schema, session, path))
                    .json(path);
        }
        // The text of a null, which no field may contain. A quoted field without text is an empty string.
        String nullText = UUID.randomUUID().toString();
        Dataset<Row> text = LiteralPaths.reader(session)
                .schema(textColumns(session, path))
                .options(CSV_OPTIONS)
                .option(NULL, nullText)
                .csv(path);
        Column[] columns = Arrays.stream(schema.fields())
                .filter(field -> List.of(text.columns()).contains(field.name()))
                .map(field -> typed(text, field))
                .toArray(Column[]::new);
        return text.select(columns);
    }

    /** The columns that the first row names, which are all columns of the table. Only some runs write quantiles. */
    private static StructType presentColumns(StructType schema, SparkSession session, String... path) {
        List<String> row = LiteralPaths.reader(session).textFile(path).takeAsList(1);
        return row.isEmpty()
                ? schema
                : new StructType(Arrays.stream(schema.fields())
                        .filter(field -> row.get(0).contains("\"" + field.name() + "\":"))
                        .toArray(StructField[]::new));
    }

    /** The columns that the header names, as text. Spark's own inference of the header takes file names for globs. */
    private static StructType textColumns(SparkSession session, String... path) {
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
