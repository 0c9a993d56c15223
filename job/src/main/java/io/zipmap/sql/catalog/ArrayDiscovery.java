package io.zipmap.sql.catalog;

import io.zipmap.IoFunction;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryChoice;
import io.zipmap.store.ArrayStart;
import io.zipmap.store.NpyHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovers the arrays in archives: reads the directory of each archive and the header of each entry, and decodes no
 * elements. One instance serves one list of archives.
 */
final class ArrayDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(ArrayDiscovery.class);

    private final ArchiveOpener opener;
    private final SourceSettings settings;
    private final EntryChoice choice;
    private final RowGrouping grouping;
    private final NpyHeaders headers = new NpyHeaders();
    private final List<ArchiveRef> listed = new ArrayList<>();
    private final List<PackedSlices> packed = new ArrayList<>();
    private final List<RowSlice> unpacked = new ArrayList<>();
    private final LeftOutMembers leftOut = new LeftOutMembers();
    private @Nullable RowGroup first;
    private int unpackedArrays;
    private long rows;
    private long bytes;

    private ArrayDiscovery(ArchiveOpener opener, SourceSettings settings) {
        this.opener = opener;
        this.settings = settings;
        this.choice = new EntryChoice(settings.extract().entries());
        this.grouping = RowGrouping.of(settings);
    }

    /**
     * Opens all archives.
     *
     * @throws ZipmapException the error of the first bad archive or entry, unless the settings leave bad ones out
     */
    static DiscoverySummary discover(ArchiveOpener opener, SourceSettings settings, Iterator<ArchiveRef> archives)
            throws IOException {
        return discoverUnknown(opener, settings, archives, Map.of());
    }

    /**
     * Opens the archives whose arrays are not known.
     *
     * @param known the row groups of the other archives, by the URIs of those archives
     */
    static DiscoverySummary discoverUnknown(
            ArchiveOpener opener,
            SourceSettings settings,
            Iterator<ArchiveRef> archives,
            Map<String, List<RowGroup>> known)
            throws IOException {
        ArrayDiscovery discovery = new ArrayDiscovery(opener, settings);
        while (archives.hasNext()) {
            ArchiveRef archive = archives.next();
            discovery.listed.add(archive);
            List<RowGroup> groups = known.get(archive.uri());
            if (groups == null) {
                discovery.readArchive(archive);
            } else {
                for (RowGroup group : groups) {
                    for (FoundArray array : group.arrays()) {
                        discovery.choice.takesKnown(archive.uri(), array.entry());
                    }
                    discovery.add(group);
                }
            }
        }
        return discovery.summary(ArchiveVersions.of(discovery.listed, opener::local));
    }

    /**
     * Summarises arrays that the table of a former run describes; opens no archive.
     *
     * @param rows of the table, those of one archive one after another
     */
    static <T> DiscoverySummary summariseKnown(
            ArchiveOpener opener, SourceSettings settings, Iterator<T> rows, IoFunction<T, FoundArray> reader)
            throws IOException {
        ArrayDiscovery discovery = new ArrayDiscovery(opener, settings);
        List<FoundArray> ofArchive = new ArrayList<>();
        while (rows.hasNext()) {
            FoundArray array = reader.apply(rows.next());
            settings.roots().checkListed(array.archive().uri());
            if (!discovery.choice.takesKnown(array.archive().uri(), array.entry())) {
                continue;
            }
            List<ArchiveRef> listed = discovery.listed;
            if (listed.isEmpty() || !listed.get(listed.size() - 1).equals(array.archive())) {
                listed.add(array.archive());
                discovery.addGroup(ofArchive);
            }
            if (!discovery.grouping.isByArchive()) {
                settings.declaredLayout().check(array.layout(), "the former run");
            }
            ofArchive.add(array);
            if (!discovery.grouping.isByArchive()) {
                discovery.addGroup(ofArchive);
            }
        }
        discovery.addGroup(ofArchive);
        return discovery.summary(ArchiveVersions.NONE);
    }

    private void readArchive(ArchiveRef ref) throws IOException {
        settings.roots().checkListed(ref.uri());
        try (Archive archive =
                Archive.open(opener.open(ref), settings.extract().rules().limits())) {
            List<FoundArray> arrays = new ArrayList<>();
            List<ArchiveEntry> entries =
                    grouping.chosen(ref, choice.choose(archive).taken());
            for (ArchiveEntry entry : entries) {
                readHeader(archive, entry, arrays);
                if (!grouping.isByArchive()) {
                    addGroup(arrays);
                }
            }
            addGroup(arrays);
        } catch (ZipmapException e) {
            leaveOut(e.archive(ref.uri()));
        }
    }

    private void readHeader(Archive archive, ArchiveEntry entry, List<FoundArray> into) throws IOException {
        try (ArrayStart start =
                ArrayStart.open(archive, entry, settings.extract().rules(), headers)) {
            // Beside members in .npy format, an archive may have raw members, which the options describe.
            if (start.hasNpyHeader() && !grouping.isByArchive()) {
                settings.declaredLayout().check(start.layout(), "the .npy header");
            }
            into.add(new FoundArray(
                    archive.ref(),
                    entry.index(),
                    entry.name(),
                    entry.methodName(),
                    entry.crc32().orElse(-1),
                    start.layout()));
        } catch (ZipmapException e) {
            ZipmapException error = e.archive(archive.ref().uri()).entry(entry.name());
            if (grouping.leavesOut(archive.ref(), entry, e)) {
                if (settings.columns() == null) {
                    String name = MemberGrouping.nameOf(archive.ref(), entry.name());
                    leftOut.add(new LeftOutMember(name, archive.ref().uri(), error));
                }
            } else if (grouping.isByArchive()) {
                throw error;
            } else {
                leaveOut(error);
            }
        }
    }

    /** Adds the row group of these arrays, if there are any, and clears the list. */
    private void addGroup(List<FoundArray> arrays) throws IOException {
        if (!arrays.isEmpty()) {
            add(grouping.group(arrays));
            arrays.clear();
        }
    }

    private void add(RowGroup group) throws IOException {
        first = first == null ? group : grouping.merge(first, group);
        rows = Math.addExact(rows, group.rows());
        bytes = Math.addExact(bytes, group.bytes());
        unpacked.add(RowSlice.whole(group));
        unpackedArrays += group.arrays().size();
        if (unpacked.size() == PackedSlices.MAX_SLICES || unpackedArrays >= PackedSlices.MANY_ARRAYS) {
            pack();
        }
    }

    private void pack() throws IOException {
        if (!unpacked.isEmpty()) {
            packed.add(PackedSlices.pack(unpacked));
            unpacked.clear();
            unpackedArrays = 0;
        }
    }

    /** @param versions of the archives, if they were listed */
    private DiscoverySummary summary(ArchiveVersions versions) throws IOException {
        pack();
        return DiscoverySummary.of(
                packed,
                rows,
                bytes,
                choice.tally(),
                leftOut.all(),
                versions,
                PartitionFolders.of(listed, settings.partitionRoots()),
                first == null || !grouping.isMerged() ? null : packedArrays(first));
    }

    /** Merged arrays are of several archives, so each is packed alone. */
    private static PackedSlices packedArrays(RowGroup merged) throws IOException {
        return PackedSlices.pack(merged.arrays().stream()
                .map(array -> RowSlice.whole(RowGroup.of(array)))
                .toList());
    }

    /** Logs an error and goes on; an error that is never quarantined ends the query. */
    private void leaveOut(ZipmapException e) throws ZipmapException {
        if (!settings.quarantine().accepts(e)) {
            throw e;
        }
        LOG.warn("Left out, with onError=quarantine: {}", e.message(OptionSpelling.DATA_SOURCE));
    }
}
