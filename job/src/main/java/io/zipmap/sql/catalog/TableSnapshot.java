package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table as one query sees it: its inventory and how it is read. Immutable.
 *
 * @param missing the error to report instead of reading, if archives that the table had no longer exist
 * @param archiveCheck what remains to be checked of the archives that a query selects
 */
public record TableSnapshot(
        Inventory inventory,
        @Nullable ZipmapException missing,
        SourceSettings settings,
        StoreAccess access,
        ArchiveCheck archiveCheck) {
    /**
     * The columns of the arrays, then of the partition folders, then the hidden columns if the option
     * {@code provenance} shows them. The table {@code arrays} has the same values in ordinary columns.
     */
    public StructType schema() {
        StructType schema = inventory.schema();
        for (StructField field : inventory.partitions().schema().fields()) {
            schema = schema.add(field);
        }
        if (settings.provenance() && settings.table() != TableKind.ARRAYS) {
            for (MetadataField field : MetadataField.of(settings.table())) {
                schema = schema.add(field.name(), field.dataType(), field.isNullable());
            }
        }
        return schema;
    }
}
