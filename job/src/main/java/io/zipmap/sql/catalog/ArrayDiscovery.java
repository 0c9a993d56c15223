package io.zipmap.sql.catalog;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryChoice;
import io.zipmap.store.ArrayStart;
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
    private final ArraySchemaCheck schemaCheck;
    private final List<ArchiveRef> listed = new ArrayList<>();
    private final List<PackedSlices> packed = new ArrayList<>();
    private final List<ArraySlice> unpacked = new ArrayList<>();
    private @Nullable FoundArray first;
    private long rows;
    private long bytes;

    private ArrayDiscovery(ArchiveOpener opener, SourceSettings settings) {
        this.opener = opener;
        this.settings = settings;
        this.choice = new EntryChoice(settings.extract().entries());
        this.schemaCheck = new ArraySchemaCheck(settings);
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
     * @param known the arrays of the other archives, by the URIs of those archives
     */
    static DiscoverySummary discoverUnknown(
            ArchiveOpener opener,
            SourceSettings settings,
            Iterator<ArchiveRef> archives,
            Map<String, List<FoundArray>> known)
            throws IOException {
        ArrayDiscovery discovery = new ArrayDiscovery(opener, settings);
        while (archives.hasNext()) {
            ArchiveRef archive = archives.next();
            discovery.listed.add(archive);
            List<FoundArray> arrays = known.get(archive.uri());
            if (arrays == null) {
                discovery.readArchive(archive);
            } else {
                for (FoundArray array : arrays) {
                    discovery.choice.takesKnown(archive.uri(), array.entry());
                    discovery.add(array);
                }
            }
        }
        return discovery.summary();
    }

    /** Summarises arrays that the table of a former run describes; opens no archive. */
    static DiscoverySummary summariseKnown(ArchiveOpener opener, SourceSettings settings, Iterator<FoundArray> arrays)
            throws IOException {
        ArrayDiscovery discovery = new ArrayDiscovery(opener, settings);
        while (arrays.hasNext()) {
            FoundArray array = arrays.next();
            settings.roots().checkListed(array.archive().uri());
            if (discovery.choice.takesKnown(array.archive().uri(), array.entry())) {
                settings.declaredLayout().check(array.layout(), "the former run");
                discovery.add(array);
            }
        }
        return discovery.summary();
    }

    private void readArchive(ArchiveRef ref) throws IOException {
        settings.roots().checkListed(ref.uri());
        try (Archive archive =
                Archive.open(opener.open(ref), settings.extract().rules().limits())) {
            for (ArchiveEntry entry : choice.choose(archive).taken()) {
                readHeader(archive, entry);
            }
        } catch (ZipmapException e) {
            leaveOut(e.archive(ref.uri()));
        }
    }

    private void readHeader(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArrayStart start =
                ArrayStart.open(archive, entry, settings.extract().rules())) {
            if (start.hasNpyHeader()) {
                settings.declaredLayout().check(start.layout(), "the .npy header");
            }
            add(new FoundArray(
                    archive.ref(),
                    entry.index(),
                    entry.name(),
                    entry.methodName(),
                    entry.crc32().orElse(-1),
                    start.layout()));
        } catch (ZipmapException e) {
            leaveOut(e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }

    private void add(FoundArray array) throws IOException {
        if (first == null) {
            first = array;
        }
        schemaCheck.check(first, array);
        rows = Math.addExact(rows, array.rows());
        bytes = Math.addExact(bytes, array.layout().bytes());
        unpacked.add(ArraySlice.whole(array));
        if (unpacked.size() == PackedSlices.MAX_SLICES) {
            pack();
        }
    }

    private void pack() throws IOException {
        if (!unpacked.isEmpty()) {
            packed.add(PackedSlices.pack(unpacked));
            unpacked.clear();
        }
    }

    private DiscoverySummary summary() throws IOException {
        pack();
        return DiscoverySummary.of(packed, rows, bytes, choice.tally(), ArchiveVersions.of(listed, opener::local));
    }

    /** Logs an error and goes on; an error that is never quarantined ends the query. */
    private void leaveOut(ZipmapException e) throws ZipmapException {
        if (!settings.quarantine().accepts(e)) {
            throw e;
        }
        LOG.warn("Left out, with onError=quarantine: {}", e.message(OptionSpelling.DATA_SOURCE));
    }
}
