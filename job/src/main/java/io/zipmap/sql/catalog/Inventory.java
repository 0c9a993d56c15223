package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.plan.EntryTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All arrays of a table, as packed pages, with their sums. Immutable. */
public final class Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final List<PackedSlices> pages;
    private final StructType schema;
    private final Dtype dtype;
    private final long arrays;
    private final long rows;
    private final long bytes;
    private final long failures;
    private final ArchiveVersions versions;

    private Inventory(
            List<PackedSlices> pages,
            StructType schema,
            Dtype dtype,
            long arrays,
            long rows,
            long bytes,
            long failures,
            ArchiveVersions versions) {
        this.pages = pages;
        this.schema = schema;
        this.dtype = dtype;
        this.arrays = arrays;
        this.rows = rows;
        this.bytes = bytes;
        this.failures = failures;
        this.versions = versions;
    }

    /**
     * @throws ZipmapException {@code ARRAYS_DISAGREE}, {@code ENTRIES_UNMATCHED}, {@code INPUT_EMPTY} when there is no
     *     array at all
     */
    static Inventory of(List<DiscoverySummary> parts, SourceSettings settings) throws IOException {
        List<PackedSlices> pages = new ArrayList<>();
        ArraySchemaCheck agreement = new ArraySchemaCheck(settings.columns());
        Optional<FoundArray> first = Optional.empty();
        long arrays = 0;
        long rows = 0;
        long bytes = 0;
        long failures = 0;
        EntryTally tally = EntryTally.NONE;
        for (DiscoverySummary part : parts) {
            part.check();
            if (!part.packedArrays().isEmpty()) {
                FoundArray one = part.packedArrays().get(0).unpack().get(0).array();
                agreement.check(first.orElse(one), one);
                first = Optional.of(first.orElse(one));
            }
            pages.addAll(part.packedArrays());
            arrays +=
                    part.packedArrays().stream().mapToLong(PackedSlices::count).sum();
            rows = Math.addExact(rows, part.rows());
            bytes = Math.addExact(bytes, part.bytes());
            failures += part.failures();
            tally = tally.plus(part.tally());
        }
        settings.extract().entries().requireMatch(tally);
        List<String> notes = tally.notes();
        FoundArray any =
                first.orElseThrow(() -> new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an array in the input")
                        .actual(notes.isEmpty() ? "none" : String.join("; ", notes)));
        notes.forEach(note -> LOG.warn("Not in the table: {}", note));
        return new Inventory(
                List.copyOf(pages),
                TableSchema.schema(any, settings.columns()),
                any.layout().dtype(),
                arrays,
                rows,
                bytes,
                failures,
                ArchiveVersions.all(
                        parts.stream().map(DiscoverySummary::versions).toList()));
    }

    public List<PackedSlices> packedArrays() {
        return pages;
    }

    public StructType schema() {
        return schema;
    }

    /** Of all arrays, but for the order of bytes. */
    public Dtype dtype() {
        return dtype;
    }

    public long arrayCount() {
        return arrays;
    }

    public long rows() {
        return rows;
    }

    /** Of all elements. */
    public long bytes() {
        return bytes;
    }

    /** Archives and entries that were left out. */
    long failures() {
        return failures;
    }

    /** Of the archives that were listed; or of the files that tell of them. */
    ArchiveVersions versions() {
        return versions;
    }

    /** The same as {@code told} tells of it. */
    Inventory versions(ArchiveVersions told) {
        return new Inventory(pages, schema, dtype, arrays, rows, bytes, failures, told);
    }
}
