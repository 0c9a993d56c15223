package io.zipmap.sql;

import io.zipmap.IoFunction;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The row of one array. It asks for the file of the array when Spark asks for the first value that only a file has, so
 * a row that Spark filters by other columns extracts nothing. Not thread-safe.
 */
final class LiveArrayRow extends GenericInternalRow {
    private static final long serialVersionUID = 1L;

    private final transient LiveArrayColumns columns;
    private final transient FoundArray array;
    private final transient IoFunction<FoundArray, ArrayRecord> files;
    private transient @Nullable ArrayRecord record;

    /** @param files makes the file of the array ready on this node */
    LiveArrayRow(LiveArrayColumns columns, FoundArray array, IoFunction<FoundArray, ArrayRecord> files) {
        super(new Object[columns.count()]);
        this.columns = columns;
        this.array = array;
        this.files = files;
    }

    /** Spark reads all values of a row through this method. */
    @Override
    public @Nullable Object genericGet(int ordinal) {
        if (columns.isPartition(ordinal)) {
            return columns.partitionValue(ordinal, array);
        }
        String column = columns.name(ordinal);
        Object value = ArrayColumns.needsFile(column)
                ? ArrayColumns.ofRecord(column, record())
                : ArrayColumns.ofDescription(column, array);
        return value instanceof String text
                ? UTF8String.fromString(text)
                : value instanceof long[] numbers ? UnsafeArrayData.fromPrimitiveArray(numbers) : value;
    }

    /** The record of the array, whose file is ready then. */
    private ArrayRecord record() {
        try {
            requireFile();
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
        if (record == null) {
            throw new IllegalStateException("No record");
        }
        return record;
    }

    void requireFile() throws IOException {
        if (record == null) {
            record = files.apply(array);
        }
    }
}
