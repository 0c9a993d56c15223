package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.Serializable;

/**
 * Upper limits on one archive: bytes of an entry, bytes of all entries, number of entries. The limits are absolute,
 * because a limit on the compression ratio would refuse valid arrays of zeros. Immutable.
 */
public final class ArchiveLimits implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 1 TiB per entry, 16 TiB per archive, one million entries. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 40, 1L << 44, 1_000_000);

    private final long maxEntryBytes;
    private final long maxArchiveBytes;
    private final long maxEntries;

    /**
     * @param maxEntryBytes decoded bytes of one entry
     * @param maxArchiveBytes decoded bytes of all entries together
     * @param maxEntries headers in the central directory, folders included
     */
    public ArchiveLimits(long maxEntryBytes, long maxArchiveBytes, long maxEntries) {
        this.maxEntryBytes = maxEntryBytes;
        this.maxArchiveBytes = maxArchiveBytes;
        this.maxEntries = maxEntries;
    }

    long maxEntries() {
        return maxEntries;
    }

    void checkEntry(long bytes) throws ZipmapException {
        if (bytes > maxEntryBytes) {
            throw new ZipmapException(
                            Condition.LIMIT_ENTRY_BYTES, "Cannot extract an entry above the size limit: " + bytes)
                    .expected("at most " + maxEntryBytes)
                    .actual(bytes)
                    .advice("Raise " + OptionSpelling.mention("maxEntryBytes") + " if you trust the archive.");
        }
    }

    void checkArchive(long bytes) throws ZipmapException {
        if (bytes > maxArchiveBytes) {
            throw new ZipmapException(
                            Condition.LIMIT_ARCHIVE_BYTES, "Cannot extract an archive above the size limit: " + bytes)
                    .expected("at most " + maxArchiveBytes)
                    .actual("at least " + bytes)
                    .advice("Raise " + OptionSpelling.mention("maxArchiveBytes") + " if you trust the archive.");
        }
    }

    void checkEntries(long count) throws ZipmapException {
        if (count > maxEntries) {
            throw new ZipmapException(
                            Condition.LIMIT_ENTRIES, "Cannot read a directory above the entry limit: " + count)
                    .expected("at most " + maxEntries)
                    .actual("at least " + count)
                    .advice("Raise " + OptionSpelling.mention("maxEntries") + " if you trust the archive.");
        }
    }
}
