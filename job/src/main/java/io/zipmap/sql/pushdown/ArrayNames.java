package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.FoundArray;
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
        return of(group.array(0));
    }

    static ArrayNames of(FoundArray array) {
        String entry = array.entry();
        return new ArrayNames(
                UTF8String.fromString(array.archive().uri()), entry == null ? null : UTF8String.fromString(entry));
    }
}
