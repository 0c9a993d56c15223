package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All row groups of a table, packed, with the columns of the table and the sums of rows and bytes. Immutable. */
public final class Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private static final int MAX_NAMED = 10;

    private final List<PackedSlices> packedGroups;
    private final TableColumns columns;
    private final PartitionColumns partitions;
    private final LeftOutMembers leftOut;
    private final long groupCount;
    private final long rows;
    private final long bytes;
    private final ArchiveVersions versions;

    private Inventory(
            List<PackedSlices> packedGroups,
            TableColumns columns,
            PartitionColumns partitions,
            LeftOutMembers leftOut,
            long groupCount,
            long rows,
            long bytes,
            ArchiveVersions versions) {
        this.packedGroups = packedGroups;
        this.columns = columns;
        this.partitions = partitions;
        this.leftOut = leftOut;
        this.groupCount = groupCount;
        this.rows = rows;
        this.bytes = bytes;
        this.versions = versions;
    }

    /**
     * @throws ZipmapException {@code ARRAYS_DISAGREE}, {@code ENTRIES_UNMATCHED}; if there is no array at all,
     *     {@code INPUT_EMPTY}, or the error of the first entry that is not an array
     */
    static Inventory of(List<DiscoverySummary> summaries, SourceSettings settings) throws IOException {
        return of(summaries, settings, List.of(), List.of());
    }

    /**
     * As {@link #of(List, SourceSettings)}, for archives of which only some were opened.
     *
     * @param known members that are no columns, of archives that were not opened again
     * @param found members that are no columns, of archives that were opened before the summaries were made
     */
    static Inventory of(
            List<DiscoverySummary> summaries,
            SourceSettings settings,
            List<LeftOutMember> known,
            List<LeftOutMember> found)
            throws IOException {
        List<PackedSlices> packedGroups = new ArrayList<>();
        RowGrouping grouping = RowGrouping.of(settings);
        LeftOutMembers leftOut = new LeftOutMembers();
        known.forEach(leftOut::add);
        Set<String> logged = Set.copyOf(leftOut.names());
        found.forEach(leftOut::add);
        Optional<RowGroup> first = Optional.empty();
        long groupCount = 0;
        long rows = 0;
        long bytes = 0;
        EntryTally tally = EntryTally.NONE;
        for (DiscoverySummary summary : summaries) {
            summary.throwIfFailed();
            if (!summary.packedGroups().isEmpty()) {
                RowGroup one = columnsOf(summary);
                first = Optional.of(first.isEmpty() ? one : grouping.merge(first.get(), one));
            }
            packedGroups.addAll(summary.packedGroups());
            groupCount += summary.packedGroups().stream()
                    .mapToLong(PackedSlices::count)
                    .sum();
            rows = Math.addExact(rows, summary.rows());
            bytes = Math.addExact(bytes, summary.bytes());
            tally = tally.plus(summary.tally());
            summary.leftOut().forEach(leftOut::add);
        }
        settings.extract().entries().requireMatch(tally);
        List<String> notes = tally.notes();
        Map<String, LeftOutMember> byName = leftOut.first();
        if (first.isEmpty() && !byName.isEmpty()) {
            throw byName.values().iterator().next().error();
        }
        RowGroup any =
                first.orElseThrow(() -> new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an array in the input")
                        .actual(notes.isEmpty() ? "none" : String.join("; ", notes)));
        notes.forEach(note -> LOG.warn("The table leaves out: {}", OptionSpelling.DATA_SOURCE.apply(note)));
        byName.keySet().removeAll(logged);
        if (!byName.isEmpty()) {
            LOG.warn(
                    "The table leaves out members that are no columns, as {}: {}",
                    byName.keySet().stream().limit(MAX_NAMED).toList(),
                    byName.values().iterator().next().error().message(OptionSpelling.DATA_SOURCE));
        }
        TableColumns columns = grouping.columns(any);
        return new Inventory(
                List.copyOf(packedGroups),
                columns,
                PartitionColumns.of(
                        summaries.stream().map(DiscoverySummary::partitions).toList(),
                        columns.schema(),
                        leftOut.names(),
                        settings.table()),
                leftOut,
                groupCount,
                rows,
                bytes,
                ArchiveVersions.concat(
                        summaries.stream().map(DiscoverySummary::versions).toList()));
    }

    public List<PackedSlices> packedGroups() {
        return packedGroups;
    }

    RowGroup firstGroup() throws IOException {
        return firstOf(packedGroups);
    }

    /** A row group that has the columns of all row groups of a summary. */
    private static RowGroup columnsOf(DiscoverySummary summary) throws IOException {
        PackedSlices merged = summary.merged();
        return merged == null
                ? firstOf(summary.packedGroups())
                : RowGroup.of(merged.unpack().stream()
                        .map(slice -> slice.group().array(0))
                        .toList());
    }

    private static RowGroup firstOf(List<PackedSlices> groups) throws IOException {
        return groups.get(0).first().group();
    }

    /** The columns of the arrays, without hidden columns. */
    public StructType schema() {
        return columns.schema();
    }

    public TableColumns columns() {
        return columns;
    }

    /** The columns of the partition folders, which follow those of the arrays. */
    public PartitionColumns partitions() {
        return partitions;
    }

    /** The members that are no columns, by name. */
    public Map<String, LeftOutMember> leftOut() {
        return leftOut.first();
    }

    /** The members that are no columns, of these archives. */
    List<LeftOutMember> leftOutOf(Set<String> archives) {
        return leftOut.all().stream()
                .filter(member -> archives.contains(member.archive()))
                .toList();
    }

    public long groupCount() {
        return groupCount;
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
        return new Inventory(packedGroups, columns, partitions, leftOut, groupCount, rows, bytes, others);
    }
}
