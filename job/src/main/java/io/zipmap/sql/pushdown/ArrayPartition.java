package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ArrayRows;
import io.zipmap.sql.catalog.PackedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/** The pieces that one task reads, packed, and the host that should. Immutable. */
public final class ArrayPartition implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final PackedRows pieces;
    private final @Nullable String host;

    /** @param host null for any */
    public ArrayPartition(PackedRows pieces, @Nullable String host) {
        this.pieces = pieces;
        this.host = host;
    }

    /** With these pieces too. */
    public ArrayPartition and(List<ArrayRows> more) throws IOException {
        List<ArrayRows> all = new ArrayList<>(pieces.pieces());
        all.addAll(more);
        return new ArrayPartition(PackedRows.of(all), host);
    }

    public PackedRows pieces() {
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
