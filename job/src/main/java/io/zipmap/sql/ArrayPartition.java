package io.zipmap.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/** The pieces that one task reads, packed, and the host that should. Immutable. */
final class ArrayPartition implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final Page pieces;
    private final @Nullable String host;

    /** @param host null for any */
    ArrayPartition(Page pieces, @Nullable String host) {
        this.pieces = pieces;
        this.host = host;
    }

    /** With these pieces too. */
    ArrayPartition and(List<Piece> more) throws IOException {
        List<Piece> all = new ArrayList<>(pieces.pieces());
        all.addAll(more);
        return new ArrayPartition(Page.of(all), host);
    }

    Page pieces() {
        return pieces;
    }

    @Nullable
    String host() {
        return host;
    }

    @Override
    public String[] preferredLocations() {
        return host == null ? new String[0] : new String[] {host};
    }
}
