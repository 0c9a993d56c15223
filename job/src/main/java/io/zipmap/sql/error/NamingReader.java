package io.zipmap.sql.error;

import io.zipmap.ZipmapException;
import java.io.IOException;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;

/** Reads as another reader, and throws its named errors as {@link QueryErrors} does. */
final class NamingReader<T> implements PartitionReader<T> {
    private final PartitionReader<T> reader;

    NamingReader(PartitionReader<T> reader) {
        this.reader = reader;
    }

    @Override
    public boolean next() throws IOException {
        try {
            return reader.next();
        } catch (ZipmapException e) {
            throw QueryErrors.of(e);
        }
    }

    @Override
    public T get() {
        return reader.get();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return reader.currentMetricsValues();
    }

    @Override
    public void initMetricsValues(CustomTaskMetric[] metrics) {
        reader.initMetricsValues(metrics);
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (ZipmapException e) {
            throw QueryErrors.of(e);
        }
    }
}
