package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.RowGroup;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code _archive} and {@code _entry} in every row of one row group. Immutable.
 *
 * @param entry null for a bare .npy file
 */
record ArrayNames(UTF8String archive, @Nullable UTF8String entry) {
    static ArrayNames of(RowGroup group) {
        String entry = group.entry();
        return new ArrayNames(
                UTF8String.fromString(group.archive().uri()), entry == null ? null : UTF8String.fromString(entry));
    }
}
