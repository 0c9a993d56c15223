package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.PackedSlices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/** The pieces that one task reads, packed, and the host that should. Immutable. */
public final class ArrayPartition implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final PackedSlices pieces;
    private final @Nullable String host;

    /** @param host null for any */
    public ArrayPartition(PackedSlices pieces, @Nullable String host) {
        this.pieces = pieces;
        this.host = host;
    }

    /** With these pieces too. */
    public ArrayPartition and(List<ArraySlice> more) throws IOException {
        List<ArraySlice> all = new ArrayList<>(pieces.unpack());
        all.addAll(more);
        return new ArrayPartition(PackedSlices.pack(all), host);
    }

    public PackedSlices pieces() {
        return pieces;
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
