package io.zipmap.plan;

import io.zipmap.store.ArrayDescription;
import io.zipmap.store.ArrayRecord;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the table {@code arrays}, as a run publishes it and as the data source makes it live, and their
 * values.
 */
public final class ArrayColumns {
    public static final String ARCHIVE = "archive";
    public static final String ENTRY = "entry";

    /** Size of the file at {@code path}; null in the rows that an incremental run took over from an older release. */
    public static final String FILE_BYTES = "file_bytes";

    /** Reads of the map stage on the host that has the file. */
    public static final String LOCAL_READS = "local_reads";

    /** Reads of the map stage that healed the file. */
    public static final String HEALED_READS = "healed_reads";

    /** Whether the archive is gone; an incremental run keeps the rows of such archives. */
    public static final String REMOVED = "removed";

    public static final StructType PUBLISHED = new StructType()
            .add(ARCHIVE, DataTypes.StringType, false)
            .add(ENTRY, DataTypes.StringType)
            .add("host", DataTypes.StringType, false)
            .add("path", DataTypes.StringType, false)
            .add("offset", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, false)
            .add(FILE_BYTES, DataTypes.LongType)
            .add("dtype", DataTypes.StringType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("order", DataTypes.StringType, false)
            .add("rows", DataTypes.LongType, false)
            .add("columns", DataTypes.LongType, false)
            .add("method", DataTypes.StringType, false)
            .add("crc32", DataTypes.LongType)
            .add("version", DataTypes.StringType, false)
            .add("placed", DataTypes.StringType, false)
            .add(LOCAL_READS, DataTypes.LongType, false)
            .add(HEALED_READS, DataTypes.LongType, false)
            .add("archive_bytes", DataTypes.LongType, false)
            .add("entry_index", DataTypes.IntegerType, false)
            .add(REMOVED, DataTypes.BooleanType, false);

    private static final Set<String> OF_RUNS = Set.of(LOCAL_READS, HEALED_READS, REMOVED);
    private static final Set<String> OF_FILES = Set.of("host", "path", "offset", FILE_BYTES, "placed");

    /** The published columns without those that only a run has. */
    public static final StructType LIVE = new StructType(Arrays.stream(PUBLISHED.fields())
            .filter(field -> !OF_RUNS.contains(field.name()))
            .toArray(StructField[]::new));

    private ArrayColumns() {}

    /** Whether the value of a live column exists only after the array was extracted, or found in place. */
    public static boolean needsFile(String column) {
        return OF_FILES.contains(column);
    }

    /** The value of a column that needs no file. */
    public static @Nullable Object ofDescription(String column, ArrayDescription array) {
        return switch (column) {
            case ARCHIVE -> array.archive().uri();
            case ENTRY -> array.entry();
            case "bytes" -> array.layout().bytes();
            case "dtype" -> array.layout().dtype().toString();
            case "shape" -> array.layout().shape().toArray();
            case "order" -> array.layout().order().letter();
            case "rows" -> array.layout().shape().rows();
            case "columns" -> array.layout().shape().columns();
            case "method" -> array.method();
            case "crc32" -> array.crc32() < 0 ? null : array.crc32();
            case "version" -> array.archive().generation();
            case "archive_bytes" -> array.archive().length();
            case "entry_index" -> array.entryIndex();
            default -> throw new IllegalArgumentException("Not a column of a description: " + column);
        };
    }

    /** The value of any live column. */
    public static @Nullable Object ofRecord(String column, ArrayRecord record) {
        return switch (column) {
            case "host" -> record.host();
            case "path" -> record.path();
            case "offset" -> record.offset();
            case FILE_BYTES -> record.fileBytes();
            case "placed" -> record.placed().label();
            default -> ofDescription(column, record);
        };
    }
}
