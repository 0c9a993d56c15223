package io.zipmap.sql.catalog;

import io.zipmap.plan.StoreAccess;
import org.apache.spark.sql.types.StructType;

/** What one look at a table found, and how it is to be read. Immutable. */
public record TableSnapshot(
        InventoryRefresh found, SourceSettings settings, StoreAccess access, ArchiveCheck presence) {
    public Inventory inventory() {
        return found.inventory();
    }

    /** The columns of the arrays, and the hidden ones where they are shown. */
    public StructType schema() {
        StructType schema = inventory().schema();
        if (settings.provenance()) {
            for (MetadataField field : MetadataField.ALL) {
                schema = schema.add(field.name(), field.dataType(), field.isNullable());
            }
        }
        return schema;
    }
}
