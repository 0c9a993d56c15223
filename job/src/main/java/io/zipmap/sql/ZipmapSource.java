package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.TableKind;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
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
 * The data source {@code zipmap}, for {@code spark.read().format("zipmap").load("…/*.npz")}, {@code CREATE TEMPORARY
 * VIEW … USING zipmap OPTIONS (path '…')} and CREATE TABLE. The columns of a table are fixed when it is loaded or
 * created; its archives are listed again by each query. If the path is the output of a run, the table has the archives
 * of that run.
 *
 * <p>The source accepts the columns that Spark's catalog stores. So a persistent table can be described and dropped
 * when its archives are missing: only a query opens archives.
 *
 * <p>Errors are those of Spark's own sources, as {@link QueryErrors} makes them.
 */
public final class ZipmapSource implements TableProvider, DataSourceRegister, CreatableRelationProvider {
    /** The table of {@link #inferSchema}, which {@link #getTable} returns: Spark calls both on one instance. */
    private @Nullable ZipmapTable inferred;

    /** For Spark, which finds this class in {@code META-INF/services}. */
    public ZipmapSource() {}

    @Override
    public String shortName() {
        return "zipmap";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        try {
            return load(withoutNulls(options.asCaseSensitiveMap())).schema();
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
    }

    /** Lists the archives, reads their headers, and keeps the table for {@link #getTable}. */
    ZipmapTable load(Map<String, String> given) throws IOException {
        ZipmapTable table = ZipmapTable.load(TableKind.of(SparkSession.active(), given), given);
        inferred = table;
        return table;
    }

    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return inferred != null && inferred.schema().equals(schema)
                ? inferred
                : tableOf(schema, withoutNulls(properties));
    }

    /** An option that is None in Python is null here; it counts as not given. */
    private static Map<String, String> withoutNulls(Map<String, String> options) {
        Map<String, String> given = new HashMap<>(options);
        given.values().removeIf(Objects::isNull);
        return given;
    }

    /** A table with these columns; its first query reports an option that is wrong. */
    private static Table tableOf(StructType schema, Map<String, String> properties) {
        return ZipmapTable.of(kind(properties), schema, properties);
    }

    private static TableKind kind(Map<String, String> properties) {
        try {
            return TableKind.of(SparkSession.active(), properties);
        } catch (ZipmapException e) {
            // The first query reports it, so that the table can still be dropped.
            return TableKind.ELEMENTS;
        }
    }

    /** Refuses to save: Spark calls this because no table of this source accepts batch writes. */
    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> parameters,
            Dataset<Row> rows) {
        throw ZipmapTable.readOnly();
    }

    /** True for all, so that Spark does not complain about a type before {@link #createRelation} refuses. */
    @Override
    public boolean supportsDataType(DataType type) {
        return true;
    }
}
