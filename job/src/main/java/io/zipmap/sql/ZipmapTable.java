package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Archives as a table that can be read, in batches. Immutable. */
final class ZipmapTable implements SupportsRead, SupportsMetadataColumns {
    private final Inventory inventory;
    private final SourceSettings settings;
    private final StoreAccess access;

    ZipmapTable(Inventory inventory, SourceSettings settings, StoreAccess access) {
        this.inventory = inventory;
        this.settings = settings;
        this.access = access;
    }

    /** Without paths, which may hold secrets. */
    @Override
    public String name() {
        return "zipmap (" + inventory.arrays() + " arrays)";
    }

    @Override
    public StructType schema() {
        StructType schema = inventory.schema();
        for (MetadataField field : settings.provenance() ? MetadataField.ALL : List.<MetadataField>of()) {
            schema = schema.add(field.name(), field.dataType(), field.isNullable());
        }
        return schema;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ);
    }

    @Override
    public MetadataColumn[] metadataColumns() {
        return settings.provenance() ? new MetadataColumn[0] : MetadataField.ALL.toArray(MetadataColumn[]::new);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new ZipmapScanBuilder(inventory, settings, access, schema());
    }
}
