package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.CatalogProperties;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.TableSchemaCheck;
import io.zipmap.sql.catalog.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Archives as a table that can be read, in batches. Its columns never change; its archives are looked at by every
 * query.
 */
final class ZipmapTable implements SupportsRead, SupportsWrite, SupportsMetadataColumns {
    private final StructType schema;
    private final Map<String, String> properties;
    private final InventoryCache arrays;

    private ZipmapTable(StructType schema, Map<String, String> properties, InventoryCache arrays) {
        this.schema = schema;
        this.properties = Map.copyOf(properties);
        this.arrays = arrays;
    }

    /** With the columns that the archives have. */
    static ZipmapTable load(Map<String, String> given) throws IOException {
        InventoryCache arrays = new InventoryCache(given);
        return new ZipmapTable(arrays.now().schema(), CatalogProperties.shown(given), arrays);
    }

    /** With these columns; nothing is looked at, not even whether the options are right. */
    static ZipmapTable of(StructType schema, Map<String, String> given) {
        return new ZipmapTable(schema, CatalogProperties.shown(given), new InventoryCache(given));
    }

    static UncheckedIOException readOnly() {
        ZipmapException e = new ZipmapException(
                        Condition.WRITE_UNSUPPORTED, "Cannot write with the data source zipmap: it is read-only")
                .advice("Write another format, as parquet; numpy writes archives.");
        return new UncheckedIOException(e.getMessage(), e);
    }

    /** Without paths, which may hold secrets. */
    @Override
    public String name() {
        OptionalLong count = arrays.count();
        return count.isPresent() ? "zipmap (" + count.getAsLong() + " arrays)" : "zipmap";
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    /**
     * To append and to truncate as Spark's first interface does is said here to have {@link #readOnly} said, whatever
     * is written.
     */
    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ, TableCapability.V1_BATCH_WRITE, TableCapability.TRUNCATE);
    }

    /** Those that are no ordinary columns. */
    @Override
    public MetadataColumn[] metadataColumns() {
        List<String> columns = Arrays.asList(schema.fieldNames());
        return MetadataField.ALL.stream()
                .filter(field -> !columns.contains(field.name()))
                .toArray(MetadataColumn[]::new);
    }

    /**
     * Spark asks once a query, and for EXPLAIN and DESCRIBE, which show what they can: the scan itself ends with the
     * error.
     */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        try {
            TableSnapshot look = arrays.now();
            ZipmapException gone = look.found().gone();
            if (gone != null) {
                return new FailedScan.Builder(schema, gone, arrays::told);
            }
            TableSchemaCheck.refuse(schema, look.schema());
            return new ZipmapScanBuilder(arrays, look, schema);
        } catch (IOException e) {
            return new FailedScan.Builder(schema, e, () -> {});
        }
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        throw readOnly();
    }
}
