package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The checksums of kept files of which the archive has none, as of a bare array of a remote file system: each in a file beside it, by
 * the process that wrote both. Other processes hold the file to it.
 */
final class KeptSums {
    private final Scratch scratch;

    KeptSums(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Notes the checksum of a file that this process has just made. Without room for it, others make the file again. */
    void put(Path file) throws IOException {
        Content content = content(file);
        ByteBuffer sum =
                ByteBuffer.allocate(Long.BYTES).putLong(Checksum.of(file)).flip();
        try {
            scratch.obtain(content, out -> out.write(ZoneFile.of(content.name(), sum)))
                    .close();
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SCRATCH_FULL && e.condition() != Condition.SCRATCH_UNUSABLE) {
                throw e;
            }
        }
    }

    /** Whether the file is as it was written; false when nobody has noted that. Reads all of it. */
    boolean isRight(Path file) throws IOException {
        ScratchFile found = scratch.find(content(file), false);
        if (found == null) {
            return false;
        }
        try (found) {
            ByteBuffer sum = ZoneFile.read(found.path());
            return sum != null && sum.getLong() == Checksum.of(file);
        }
    }

    private static Content content(Path file) {
        String name = ScratchName.ofSum(file.getFileName().toString());
        return Content.checked(name, ZoneFile.bytes(Long.BYTES), sum -> ZoneFile.read(sum) != null);
    }
}
