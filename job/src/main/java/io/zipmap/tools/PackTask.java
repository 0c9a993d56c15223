package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ZipWriter;
import io.zipmap.fs.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Packs one archive. What a task that is tried again has packed already, it leaves as it is. */
final class PackTask implements Function<ArchiveRef, PackOutcome> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final ArchiveLimits limits;
    private final String folder;
    private final boolean replace;
    private final boolean failFast;

    /** @param folder for the packed archives; empty when {@code replace} */
    PackTask(
            Broadcast<SerializableConfiguration> hadoop,
            ArchiveLimits limits,
            String folder,
            boolean replace,
            boolean failFast) {
        this.hadoop = hadoop;
        this.limits = limits;
        this.folder = folder;
        this.replace = replace;
        this.failFast = failFast;
    }

    @Override
    public PackOutcome call(ArchiveRef planned) throws IOException {
        Configuration configuration = hadoop.value().value();
        Sources sources = new Sources(configuration);
        try {
            Path to = PackTarget.path(configuration, planned, folder, replace);
            sources.requireWritable(to);
            try (PackTarget target = PackTarget.of(configuration, to, replace)) {
                return replace ? packOnce(sources, planned, target) : pack(sources, planned, target);
            }
        } catch (ZipmapException e) {
            ZipmapException named = e.archive(planned.uri());
            if (failFast || e.condition().blame() == Condition.Blame.NODE) {
                throw named;
            }
            return PackOutcome.failed(named.getMessage());
        }
    }

    /** Two names may lead to one file, so that another task packs it at the same time. */
    private PackOutcome packOnce(Sources sources, ArchiveRef planned, PackTarget target) throws IOException {
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
            Optional<ArchiveRef> there = replace ? Optional.empty() : sources.find(target.uri());
            if (there.isPresent()) {
                requireSame(sources, there.get(), entries);
                return PackOutcome.LEFT;
            }
            if (replace) {
                target.requireReplaceable();
            }
            long bytes;
            try (OutputStream out = target.create()) {
                bytes = ZipWriter.write(archive, out);
            }
            publish(sources, ref, target);
            return PackOutcome.packed(bytes);
        }
    }

    /** What came between is not overwritten: neither a new version of the archive, nor another file in the folder. */
    private void publish(Sources sources, ArchiveRef ref, PackTarget target) throws IOException {
        if (replace) {
            sources.open(ref).close();
            target.replace();
        } else if (!target.publish()) {
            throw exists(target.uri());
        }
    }

    private void requireSame(Sources sources, ArchiveRef there, List<ArchiveEntry> entries) throws IOException {
        try (Archive packed = Archive.open(sources.open(there), limits)) {
            boolean same = packed.entries().size() == entries.size() && ZipWriter.isAligned(packed);
            for (int i = 0; same && i < entries.size(); i++) {
                ArchiveEntry one = entries.get(i);
                ArchiveEntry other = packed.entries().get(i);
                same = one.size() == other.size()
                        && one.crc32().equals(other.crc32())
                        && String.valueOf(one.name()).equals(other.name());
            }
            if (!same) {
                throw exists(there.uri());
            }
        }
    }

    private static ZipmapException exists(String uri) {
        return new ZipmapException(Condition.OUTPUT_EXISTS, "Cannot write where another file lies: " + uri)
                .advice("Choose another --output.");
    }
}
