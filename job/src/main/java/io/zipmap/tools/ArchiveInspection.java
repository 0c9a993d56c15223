package io.zipmap.tools;

import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.InflaterKind;
import io.zipmap.fs.Sources;
import io.zipmap.plan.EntryChoice;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.store.ArrayStart;
import io.zipmap.store.NpyHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Inspects archives: reads the directory of each archive and the header of each entry, and decodes nothing else. One
 * thread.
 */
final class ArchiveInspection {
    private final Sources sources;
    private final ExtractSettings settings;
    private final EntryChoice choice;

    ArchiveInspection(Sources sources, ExtractSettings settings) {
        this.sources = sources;
        this.settings = settings;
        this.choice = new EntryChoice(settings.entries());
    }

    /** The rows of one archive, one row an entry. An error of the archive or an entry is a row too. */
    List<InspectRow> rowsOf(ArchiveRef ref) throws IOException {
        List<InspectRow> rows = new ArrayList<>();
        // Headers are short: to load the native inflater for them would take longer than it saves.
        try (Archive archive = Archive.open(sources.open(ref), settings.rules().limits(), InflaterKind.JDK)) {
            EntryChoice.Entries entries = choice.choose(archive);
            for (ArchiveEntry entry : entries.taken()) {
                rows.add(rowOf(archive, entry));
            }
            for (ArchiveEntry entry : entries.superseded()) {
                rows.add(InspectRow.ofSuperseded(archive, entry));
            }
        } catch (ZipmapException e) {
            rows.add(InspectRow.ofFailure(ref, null, e.archive(ref.uri())));
        }
        return rows;
    }

    private InspectRow rowOf(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArrayStart start = ArrayStart.open(archive, entry, settings.rules(), new NpyHeaders())) {
            return InspectRow.ofArray(archive, entry, start);
        } catch (ZipmapException e) {
            return InspectRow.ofFailure(
                    archive.ref(), entry, e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }

    /** The tally of the entries of all archives so far. */
    EntryTally tally() {
        return choice.tally();
    }
}
