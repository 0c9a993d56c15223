package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.RowSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/** The slices of arrays that one task reads, packed, and the host that it prefers. Immutable. */
public final class ArrayPartition implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final PackedSlices slices;
    private final @Nullable String host;

    /** @param host null for any host */
    public ArrayPartition(PackedSlices slices, @Nullable String host) {
        this.slices = slices;
        this.host = host;
    }

    /** A partition with these slices added. */
    public ArrayPartition and(List<RowSlice> more) throws IOException {
        List<RowSlice> all = new ArrayList<>(slices.unpack());
        all.addAll(more);
        return new ArrayPartition(PackedSlices.pack(all), host);
    }

    public PackedSlices slices() {
        return slices;
    }

    @Nullable
    public String host() {
        return host;
    }

    @Override
    public String[] preferredLocations() {
        return host == null ? new String[0] : new String[] {host};
    }
}
