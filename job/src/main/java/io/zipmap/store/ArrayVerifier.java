package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileCheck;
import io.zipmap.scratch.Scratch;
import io.zipmap.store.ExtractRules.Verify;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks the file that a record names, before it is mapped and after it was read. An extracted file that fails is
 * {@code SCRATCH_DAMAGED}, and can be healed. An archive that is mapped in place is {@code SOURCE_CHANGED} if it was
 * replaced. Thread-safe.
 */
final class ArrayVerifier {
    private final Scratch scratch;
    private final ChecksumFiles checksums;
    private final InPlaceArrays inPlace;
    private final Verify verify;

    ArrayVerifier(Scratch scratch, ChecksumFiles checksums, InPlaceArrays inPlace, Verify verify) {
        this.scratch = scratch;
        this.checksums = checksums;
        this.inPlace = inPlace;
        this.verify = verify;
    }

    /**
     * Checks a file before it is mapped.
     *
     * @return the attributes of the file before the check; null if an archive in place has no file to look at
     */
    @Nullable
    FileAttributes verify(ArrayRecord record) throws IOException {
        boolean crc = verify == Verify.CRC && record.crc32() >= 0;
        if (record.placed() != Placement.IN_PLACE) {
            return verifyExtracted(record, crc);
        }
        FileAttributes file = inPlace.requireUnchanged(record);
        if (crc) {
            inPlace.requireChecksum(record);
        }
        return file;
    }

    /** Reads the attributes before anything is opened, because the open of a FIFO never returns. */
    private FileAttributes verifyExtracted(ArrayRecord record, boolean crc) throws IOException {
        FileAttributes file = attributes(record);
        long size = record.fileBytes();
        if (!file.isSealedFile() || file.size() != size) {
            throw damaged(record)
                    .expected("a file of this user with mode 0400, " + size + " bytes")
                    .actual(file + ", " + file.size() + " bytes");
        }
        if (!(crc ? hasChecksum(record) : isTrusted(record))) {
            throw damaged(record)
                    .expected(record.crc32() < 0 ? "the CRC-32 it had" : String.format("CRC-32 %08x", record.crc32()))
                    .actual("another one: its bytes were changed");
        }
        return file;
    }

    private static FileAttributes attributes(ArrayRecord record) throws IOException {
        try {
            FileAttributes file = FileAttributes.readIfExists(Path.of(record.path()));
            if (file != null) {
                return file;
            }
        } catch (FileSystemException e) {
            // The folder of the file was replaced or closed to this user, or its disk fails.
            throw damaged(record).because(e);
        }
        throw new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot find an extracted array: " + record.path());
    }

    private boolean hasChecksum(ArrayRecord record) throws IOException {
        return scratch.verified().verifyFile(Path.of(record.path()), FileCheck.crc32(record.crc32()));
    }

    /** Files that outlive the application may have been written by another process. Such a file is read once. */
    private boolean isTrusted(ArrayRecord record) throws IOException {
        FileCheck check = scratch.keeps() ? contentCheck(record.crc32()) : null;
        return check == null || scratch.verified().verifyKeptFile(Path.of(record.path()), check);
    }

    /**
     * A check of the whole content of an extracted file; null if there is no checksum to compare with.
     *
     * @param crc32 of the entry; -1 if the archive has none
     */
    @Nullable
    FileCheck contentCheck(long crc32) {
        if (crc32 >= 0) {
            return FileCheck.crc32(crc32);
        }
        return scratch.keeps() ? checksums::matches : null;
    }

    /**
     * Checks an array after it was read.
     *
     * @throws ZipmapException {@code SOURCE_CHANGED} if the array is mapped in place and its archive was replaced
     */
    void requireUnchanged(ArrayRecord record) throws IOException {
        if (record.placed() == Placement.IN_PLACE) {
            inPlace.requireUnchanged(record);
        }
    }

    /**
     * Checks that an array's file has the bytes of the archive and is still the file that was mapped, whatever
     * {@link Verify} says.
     *
     * @param mapped the attributes of the mapped file; null if they are not known
     */
    void requireSound(ArrayRecord record, @Nullable FileAttributes mapped) throws IOException {
        requireUnchanged(record);
        Path path = Path.of(record.path());
        if (record.placed() == Placement.IN_PLACE) {
            if (mapped != null) {
                ArchiveAccess.requireSame(record.archive(), mapped, ArchiveAccess.fileAt(path));
            }
            return;
        }
        if (!hasChecksum(record)) {
            throw damaged(record)
                    .expected(String.format("CRC-32 %08x", record.crc32()))
                    .actual("another one: its bytes were changed");
        }
        FileAttributes now = ArchiveAccess.fileAt(path);
        if (mapped == null || now == null || !mapped.fileKey().equals(now.fileKey())) {
            throw damaged(record).expected("the file that was opened").actual("another one since");
        }
    }

    private static ZipmapException damaged(ArrayRecord record) {
        return new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot use an extracted array: " + record.path())
                .advice("See what else writes to scratch, or name other folders with "
                        + OptionSpelling.mention("scratch") + ".");
    }
}
