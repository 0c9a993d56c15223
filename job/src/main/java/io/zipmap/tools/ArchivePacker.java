package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.PlainPath;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ZipWriter;
import io.zipmap.fs.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Packs archives, one at a time. An archive that is packed already stays unchanged, so the work can be done again.
 * Immutable.
 */
final class ArchivePacker implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArchiveLimits limits;
    private final String folder;
    private final boolean replace;
    private final boolean failFast;

    /** @param folder the folder of the packed archives; empty if {@code replace} is set */
    ArchivePacker(ArchiveLimits limits, String folder, boolean replace, boolean failFast) {
        this.limits = limits;
        this.folder = folder;
        this.replace = replace;
        this.failFast = failFast;
    }

    /** Packs one archive. An error of the archive becomes an outcome, unless the first error ends the command. */
    PackOutcome pack(Configuration configuration, ArchiveRef planned) throws IOException {
        Sources sources = new Sources(configuration);
        try {
            Path to = PackTarget.path(configuration, planned, folder, replace);
            sources.requireWritable(to);
            try (PackTarget target = PackTarget.of(configuration, to, replace)) {
                return replace ? replaceCurrent(sources, planned, target) : pack(sources, planned, target);
            }
        } catch (ZipmapException e) {
            ZipmapException error = e.archive(planned.uri());
            if (failFast || e.condition().blame() == Condition.Blame.NODE) {
                throw error;
            }
            return PackOutcome.failed(error.getMessage());
        }
    }

    /**
     * Replaces the current generation of an archive. Tries twice: another task may pack the same file by another name.
     */
    private PackOutcome replaceCurrent(Sources sources, ArchiveRef planned, PackTarget target) throws IOException {
        try {
            return pack(sources, sources.find(planned.uri()).orElse(planned), target);
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SOURCE_CHANGED) {
                throw e;
            }
            target.close();
            return pack(sources, sources.find(planned.uri()).orElse(planned), target);
        }
    }

    private PackOutcome pack(Sources sources, ArchiveRef ref, PackTarget target) throws IOException {
        try (Archive archive = Archive.open(sources.open(ref), limits)) {
            List<ArchiveEntry> entries = archive.entries();
            boolean bare = entries.size() == 1 && entries.get(0).name() == null;
            if (bare || replace && ZipWriter.isAligned(archive)) {
                return PackOutcome.LEFT;
            }
            Optional<ArchiveRef> existing = replace ? Optional.empty() : sources.find(target.uri());
            if (existing.isPresent()) {
                requirePackedForm(sources, existing.get(), entries);
                return PackOutcome.LEFT;
            }
            if (replace) {
                target.requireReplaceable();
            }
            try (OutputStream out = target.create()) {
                ZipWriter.write(archive, out);
            }
            publish(sources, ref, target);
            return PackOutcome.PACKED;
        }
    }

    /** Publishes the packed archive. A newer generation of the archive, or another file, is never overwritten. */
    private void publish(Sources sources, ArchiveRef ref, PackTarget target) throws IOException {
        if (replace) {
            sources.open(ref).close();
            target.replace();
        } else if (!target.publish()) {
            throw exists(target.uri());
        }
    }

    /** Checks that an existing file is the packed form of the entries. */
    private void requirePackedForm(Sources sources, ArchiveRef existing, List<ArchiveEntry> entries)
            throws IOException {
        try (Archive packed = Archive.open(sources.open(existing), limits)) {
            boolean same = packed.entries().size() == entries.size() && ZipWriter.isAligned(packed);
            for (int i = 0; same && i < entries.size(); i++) {
                ArchiveEntry one = entries.get(i);
                ArchiveEntry other = packed.entries().get(i);
                same = one.size() == other.size()
                        && one.crc32().equals(other.crc32())
                        && String.valueOf(one.name()).equals(other.name());
            }
            if (!same) {
                throw exists(existing.uri());
            }
        }
    }

    private static ZipmapException exists(String uri) {
        return new ZipmapException(Condition.OUTPUT_EXISTS, "Cannot overwrite another file: " + PlainPath.of(uri))
                .advice("Choose another --output.");
    }
}
