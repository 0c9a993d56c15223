package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.EntryTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All arrays of a table, packed, with the schema of the table and the sums of their rows and bytes. Immutable. */
public final class Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final List<PackedSlices> packedArrays;
    private final StructType schema;
    private final Dtype dtype;
    private final long arrayCount;
    private final long rows;
    private final long bytes;
    private final ArchiveVersions versions;

    private Inventory(
            List<PackedSlices> packedArrays,
            StructType schema,
            Dtype dtype,
            long arrayCount,
            long rows,
            long bytes,
            ArchiveVersions versions) {
        this.packedArrays = packedArrays;
        this.schema = schema;
        this.dtype = dtype;
        this.arrayCount = arrayCount;
        this.rows = rows;
        this.bytes = bytes;
        this.versions = versions;
    }

    /**
     * @throws ZipmapException {@code ARRAYS_DISAGREE}, {@code ENTRIES_UNMATCHED}, {@code INPUT_EMPTY} if there is no
     *     array at all
     */
    static Inventory of(List<DiscoverySummary> summaries, SourceSettings settings) throws IOException {
        List<PackedSlices> packedArrays = new ArrayList<>();
        ArraySchemaCheck schemaCheck = new ArraySchemaCheck(settings);
        Optional<FoundArray> first = Optional.empty();
        long arrayCount = 0;
        long rows = 0;
        long bytes = 0;
        EntryTally tally = EntryTally.NONE;
        for (DiscoverySummary summary : summaries) {
            summary.throwIfFailed();
            if (!summary.packedArrays().isEmpty()) {
                FoundArray one = firstOf(summary.packedArrays());
                schemaCheck.check(first.orElse(one), one);
                first = Optional.of(first.orElse(one));
            }
            packedArrays.addAll(summary.packedArrays());
            arrayCount += summary.packedArrays().stream()
                    .mapToLong(PackedSlices::count)
                    .sum();
            rows = Math.addExact(rows, summary.rows());
            bytes = Math.addExact(bytes, summary.bytes());
            tally = tally.plus(summary.tally());
        }
        settings.extract().entries().requireMatch(tally);
        List<String> notes = tally.notes();
        FoundArray any =
                first.orElseThrow(() -> new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an array in the input")
                        .actual(notes.isEmpty() ? "none" : String.join("; ", notes)));
        notes.forEach(note -> LOG.warn("The table leaves out: {}", OptionSpelling.DATA_SOURCE.apply(note)));
        return new Inventory(
                List.copyOf(packedArrays),
                settings.table() == TableKind.ARRAYS
                        ? ArrayColumns.LIVE
                        : TableSchema.schema(any, settings.columns(), settings.nanosAsTimestamp()),
                any.layout().dtype(),
                arrayCount,
                rows,
                bytes,
                ArchiveVersions.concat(
                        summaries.stream().map(DiscoverySummary::versions).toList()));
    }

    public List<PackedSlices> packedArrays() {
        return packedArrays;
    }

    FoundArray firstArray() throws IOException {
        return firstOf(packedArrays);
    }

    private static FoundArray firstOf(List<PackedSlices> arrays) throws IOException {
        return arrays.get(0).unpack().get(0).array();
    }

    /** The columns of the arrays, without hidden columns. */
    public StructType schema() {
        return schema;
    }

    /** The dtype of all arrays, except for its byte order; in the table {@code arrays}, of one of them. */
    public Dtype dtype() {
        return dtype;
    }

    public long arrayCount() {
        return arrayCount;
    }

    public long rows() {
        return rows;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return bytes;
    }

    /** The versions of the listed archives; for the output of a run, those of the files of its table {@code arrays}. */
    ArchiveVersions versions() {
        return versions;
    }

    /** This inventory with the versions of other files. */
    Inventory withVersions(ArchiveVersions others) {
        return new Inventory(packedArrays, schema, dtype, arrayCount, rows, bytes, others);
    }
}
