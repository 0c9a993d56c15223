package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.CatalogProperties;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.TableKind;
import io.zipmap.sql.catalog.TableSchemaCheck;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A read-only table of archives. Its columns never change; each query refreshes its inventory. */
final class ZipmapTable implements SupportsRead, SupportsWrite, SupportsMetadataColumns {
    private final TableKind kind;
    private final StructType schema;
    private final Map<String, String> properties;
    private final InventoryCache cache;

    private ZipmapTable(TableKind kind, StructType schema, Map<String, String> properties, InventoryCache cache) {
        this.kind = kind;
        this.schema = schema;
        this.properties = Map.copyOf(properties);
        this.cache = cache;
    }

    /** A table with the columns of its archives, which are read now. */
    static ZipmapTable load(TableKind kind, Map<String, String> given) throws IOException {
        InventoryCache cache = new InventoryCache(given);
        TableSnapshot snapshot = cache.snapshot();
        StructType schema = snapshot.settings().leavesOutBadArrays() ? nullable(snapshot.schema()) : snapshot.schema();
        return new ZipmapTable(kind, schema, CatalogProperties.shown(given), cache);
    }

    /**
     * These columns, of which Spark must not know that they have no NULL: it would count them without reading them, and
     * count the rows of bad arrays, which are left out.
     */
    private static StructType nullable(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                .toArray(StructField[]::new));
    }

    /** A table with these columns; neither archives nor options are checked before a query. */
    static ZipmapTable of(TableKind kind, StructType schema, Map<String, String> given) {
        return new ZipmapTable(kind, schema, CatalogProperties.shown(given), new InventoryCache(given));
    }

    static RuntimeException readOnly() {
        ZipmapException e = new ZipmapException(
                        Condition.WRITE_UNSUPPORTED, "Cannot write with the data source zipmap: it is read-only")
                .advice("Write another format, as parquet; numpy writes archives.");
        return QueryErrors.of(e);
    }

    /** The name in EXPLAIN, without paths, which may contain secrets. */
    @Override
    public String name() {
        OptionalLong count = cache.groupCount();
        String name = kind == TableKind.ELEMENTS ? "zipmap" : "zipmap " + kind.word();
        String unit = kind == TableKind.MEMBERS ? " archives" : " arrays";
        return count.isPresent() ? name + " (" + count.getAsLong() + unit + ")" : name;
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    /** Includes two ways of writing, because Spark then calls {@link #newWriteBuilder}, which refuses in our words. */
    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ, TableCapability.V1_BATCH_WRITE, TableCapability.TRUNCATE);
    }

    /**
     * The hidden columns, except those that the table shows as ordinary columns, and the members that are no columns.
     */
    @Override
    public MetadataColumn[] metadataColumns() {
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        columns.addAll(Arrays.asList(schema.fieldNames()));
        return Stream.concat(MetadataField.of(kind).stream(), cache.leftOut().stream())
                .filter(field -> columns.add(field.name()))
                .toArray(MetadataColumn[]::new);
    }

    /**
     * Refreshes the inventory: Spark calls this once for each query. An error is not thrown here but by the scan, so
     * that EXPLAIN and DESCRIBE work.
     */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        try {
            TableSnapshot snapshot = cache.snapshot();
            ZipmapException missing = snapshot.missing();
            if (missing != null) {
                return new FailedScan.Builder(schema, missing, cache::acceptMissing);
            }
            TableSchemaCheck.check(schema, snapshot.schema());
            PythonColumnarInput.avoid(SparkSession.active());
            return kind == TableKind.ARRAYS
                    ? new LiveArraysScanBuilder(cache, snapshot, schema)
                    : new ZipmapScanBuilder(cache, snapshot, schema);
        } catch (IOException e) {
            return new FailedScan.Builder(schema, e, () -> {});
        }
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        throw readOnly();
    }
}
