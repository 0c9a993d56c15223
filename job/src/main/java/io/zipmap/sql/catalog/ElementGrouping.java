package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import org.jspecify.annotations.Nullable;

/** The rule of the table {@code elements}: each array is a row group, and its columns are the table's. Immutable. */
final class ElementGrouping implements RowGrouping {
    private final @Nullable NamedColumns names;
    private final boolean nanosAsTimestamp;
    private final ArraySchemaCheck schemaCheck;

    /** @param nanosAsTimestamp as {@link TableSchema#schema} takes it */
    ElementGrouping(@Nullable NamedColumns names, boolean nanosAsTimestamp) {
        this.names = names;
        this.nanosAsTimestamp = nanosAsTimestamp;
        this.schemaCheck = new ArraySchemaCheck(names);
    }

    @Override
    public void check(RowGroup one, RowGroup other) throws ZipmapException {
        schemaCheck.check(one.array(0), other.array(0));
    }

    @Override
    public TableColumns columns(RowGroup first) throws ZipmapException {
        return TableColumns.ofElements(first, TableSchema.schema(first.array(0), names, nanosAsTimestamp));
    }
}
