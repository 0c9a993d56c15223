package io.zipmap.sql.catalog;

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
 * Looks what arrays lie in archives: the directory of each, and the header of each entry; decodes no more than that.
 */
final class ArrayDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(ArrayDiscovery.class);

    private final ArchiveOpener opener;
    private final SourceSettings settings;
    private final EntryChoice choice;
    private final ArraySchemaCheck agreement;
    private final List<PackedSlices> pages = new ArrayList<>();
    private final List<ArraySlice> open = new ArrayList<>();
    private @Nullable FoundArray first;
    private long rows;
    private long bytes;
    private long failures;
    private final List<ArchiveRef> seen = new ArrayList<>();

    private ArrayDiscovery(ArchiveOpener opener, SourceSettings settings) {
        this.opener = opener;
        this.settings = settings;
        this.choice = new EntryChoice(settings.extract().entries());
        this.agreement = new ArraySchemaCheck(settings.columns());
    }

    /** @throws ZipmapException of the first archive or entry that cannot be understood, unless these are left out */
    static DiscoverySummary of(ArchiveOpener opener, SourceSettings settings, Iterator<ArchiveRef> archives)
            throws IOException {
        return of(opener, settings, archives, Map.of());
    }

    /** @param known the arrays of archives that need not be opened, by the archives' URIs */
    static DiscoverySummary of(
            ArchiveOpener opener,
            SourceSettings settings,
            Iterator<ArchiveRef> archives,
            Map<String, List<FoundArray>> known)
            throws IOException {
        ArrayDiscovery survey = new ArrayDiscovery(opener, settings);
        while (archives.hasNext()) {
            ArchiveRef archive = archives.next();
            survey.seen.add(archive);
            List<FoundArray> arrays = known.get(archive.uri());
            if (arrays == null) {
                survey.look(archive);
            } else {
                for (FoundArray array : arrays) {
                    survey.choice.takesKnown(archive.uri(), array.entry());
                    survey.add(array);
                }
            }
        }
        return survey.part();
    }

    private DiscoverySummary part() throws IOException {
        turn();
        return DiscoverySummary.of(
                pages, rows, bytes, failures, choice.tally(), ArchiveVersions.of(seen, opener::local));
    }

    /** The same for arrays that the table of a former run tells of: no archive is opened. */
    static DiscoverySummary ofKnown(ArchiveOpener opener, SourceSettings settings, Iterator<FoundArray> arrays)
            throws IOException {
        ArrayDiscovery survey = new ArrayDiscovery(opener, settings);
        while (arrays.hasNext()) {
            FoundArray array = arrays.next();
            settings.roots().checkFound(array.archive().uri());
            if (survey.choice.takesKnown(array.archive().uri(), array.entry())) {
                settings.claims().check(array.layout(), "the former run");
                survey.add(array);
            }
        }
        return survey.part();
    }

    private void look(ArchiveRef ref) throws IOException {
        settings.roots().checkFound(ref.uri());
        try (Archive archive =
                Archive.open(opener.open(ref), settings.extract().rules().limits())) {
            for (ArchiveEntry entry : choice.choose(archive).taken()) {
                look(archive, entry);
            }
        } catch (ZipmapException e) {
            leaveOut(e.archive(ref.uri()));
        }
    }

    private void look(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArrayStart start =
                ArrayStart.open(archive, entry, settings.extract().rules())) {
            if (start.hasNpyHeader()) {
                settings.claims().check(start.layout(), "the .npy header");
            }
            add(new FoundArray(archive.ref(), entry.index(), entry.name(), start.layout()));
        } catch (ZipmapException e) {
            leaveOut(e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }

    private void add(FoundArray array) throws IOException {
        if (first == null) {
            first = array;
        }
        agreement.check(first, array);
        rows = Math.addExact(rows, array.rows());
        bytes = Math.addExact(bytes, array.layout().bytes());
        open.add(ArraySlice.whole(array));
        if (open.size() == PackedSlices.MAX_SLICES) {
            turn();
        }
    }

    private void turn() throws IOException {
        if (!open.isEmpty()) {
            pages.add(PackedSlices.pack(open));
            open.clear();
        }
    }

    /** A mistake of the caller, a sick node and a limit end the query, whatever was said. */
    private void leaveOut(ZipmapException e) throws ZipmapException {
        if (!settings.quarantine().accepts(e)) {
            throw e;
        }
        failures++;
        LOG.warn("Left out, with onError=quarantine: {}", e.getMessage());
    }
}
