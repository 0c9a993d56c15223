package io.zipmap.sql;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** A scan of a table whose inventory could not be read: EXPLAIN and DESCRIBE show it, and it fails when it is run. */
final class FailedScan implements Scan, Batch {
    private final StructType schema;
    private final IOException error;
    private final Runnable onFailure;

    FailedScan(StructType schema, IOException error) {
        this(schema, error, () -> {});
    }

    private FailedScan(StructType schema, IOException error, Runnable onFailure) {
        this.schema = schema;
        this.error = error;
        this.onFailure = onFailure;
    }

    static final class Builder implements SupportsPushDownRequiredColumns {
        private final IOException error;
        private final Runnable onFailure;
        private StructType required;

        /** @param onFailure runs when the error ends a query */
        Builder(StructType schema, IOException error, Runnable onFailure) {
            this.required = schema;
            this.error = error;
            this.onFailure = onFailure;
        }

        @Override
        public void pruneColumns(StructType requiredSchema) {
            required = requiredSchema;
        }

        @Override
        public Scan build() {
            return new FailedScan(required, error, onFailure);
        }
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        return "zipmap, fails: "
                + (error instanceof ZipmapException named
                        ? named.message(OptionSpelling.DATA_SOURCE)
                        : error.getMessage());
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        onFailure.run();
        throw QueryErrors.of(error);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        throw QueryErrors.of(error);
    }
}
