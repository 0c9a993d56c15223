package io.zipmap.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code zipmap}: {@code spark.read().format("zipmap").load("…/*.npz")}, {@code CREATE TEMPORARY VIEW …
 * USING zipmap OPTIONS (path '…')}, or CREATE TABLE. A table has its columns from when it was loaded or created; which
 * archives it has every query looks again. The path may be the output of a run: then it is the archives as they were in
 * that run.
 *
 * <p>Spark hands the columns that its catalog has to a source that takes them, so that a persistent table can be
 * described and dropped when its archives are gone: no archive is looked at before a query.
 *
 * <p>Spark's interface declares no errors, so a ZipmapException comes as the cause of an UncheckedIOException with its
 * message.
 */
public final class ZipmapSource implements TableProvider, DataSourceRegister, CreatableRelationProvider {
    /** Spark asks one instance for schema and table, one after the other. */
    private @Nullable ZipmapTable inferred;

    /** For Spark, which finds it by {@code META-INF/services}. */
    public ZipmapSource() {}

    @Override
    public String shortName() {
        return "zipmap";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        try {
            ZipmapTable table = ZipmapTable.load(options.asCaseSensitiveMap());
            inferred = table;
            return table.schema();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return inferred != null && inferred.schema().equals(schema) ? inferred : ZipmapTable.of(schema, properties);
    }

    /** Spark comes here with whatever is to be saved, since no table of this source can be written in batches. */
    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> parameters,
            Dataset<Row> rows) {
        throw ZipmapTable.readOnly();
    }

    /** Before this Spark would tell of types that the source cannot write. */
    @Override
    public boolean supportsDataType(DataType type) {
        return true;
    }
}
