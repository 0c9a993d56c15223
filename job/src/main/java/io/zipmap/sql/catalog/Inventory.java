package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, LeftOutMember> leftOut;
    private final long groupCount;
    private final long rows;
    private final long bytes;
    private final ArchiveVersions versions;

    private Inventory(
            List<PackedSlices> packedGroups,
            TableColumns columns,
            PartitionColumns partitions,
            Map<String, LeftOutMember> leftOut,
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
     *     {@code INPUT_EMPTY}, or the error of the first entry that is none
     */
    static Inventory of(List<DiscoverySummary> summaries, SourceSettings settings) throws IOException {
        List<PackedSlices> packedGroups = new ArrayList<>();
        RowGrouping grouping = RowGrouping.of(settings);
        Map<String, LeftOutMember> leftOut = new LinkedHashMap<>();
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
            summary.leftOut().forEach(member -> leftOut.putIfAbsent(member.name(), member));
        }
        settings.extract().entries().requireMatch(tally);
        List<String> notes = tally.notes();
        if (first.isEmpty() && !leftOut.isEmpty()) {
            throw leftOut.values().iterator().next().error();
        }
        RowGroup any =
                first.orElseThrow(() -> new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an array in the input")
                        .actual(notes.isEmpty() ? "none" : String.join("; ", notes)));
        notes.forEach(note -> LOG.warn("The table leaves out: {}", OptionSpelling.DATA_SOURCE.apply(note)));
        if (!leftOut.isEmpty()) {
            LOG.warn(
                    "The table leaves out members that are no columns, as {}: {}",
                    leftOut.keySet().stream().limit(MAX_NAMED).toList(),
                    leftOut.values().iterator().next().error().message(OptionSpelling.DATA_SOURCE));
        }
        TableColumns columns = grouping.columns(any);
        return new Inventory(
                List.copyOf(packedGroups),
                columns,
                PartitionColumns.of(
                        summaries.stream().map(DiscoverySummary::partitions).toList(),
                        columns.schema(),
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
        return groups.get(0).unpack().get(0).group();
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
        return leftOut;
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

    /** This inventory with members that a former one left out, of archives that were not opened again. */
    Inventory withLeftOut(Map<String, LeftOutMember> former) {
        Map<String, LeftOutMember> all = new LinkedHashMap<>(former);
        all.putAll(leftOut);
        return new Inventory(packedGroups, columns, partitions, all, groupCount, rows, bytes, versions);
    }

    /** This inventory with the versions of other files. */
    Inventory withVersions(ArchiveVersions others) {
        return new Inventory(packedGroups, columns, partitions, leftOut, groupCount, rows, bytes, others);
    }
}
