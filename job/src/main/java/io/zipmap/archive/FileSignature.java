package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;

/** Recognizes a file by its first bytes: a bare .npy file, or a zip file whose end is missing. */
final class FileSignature {
    private static final int BYTES = 8;

    /** The .npy signature of {@code numpy/lib/format.py}. */
    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The marker of the first part of a split archive (APPNOTE 8.5.3). */
    private static final int SPLIT_SIGNATURE = 0x08074b50;

    private final byte[] bytes;
    private final int count;

    private FileSignature(byte[] bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    static FileSignature of(ByteSource source) throws IOException {
        return readFirst((position, into, offset, count) -> source.read(position, into, offset, count));
    }

    /** @param reader positioned at the start of its entry */
    static FileSignature of(EntryReader reader) throws IOException {
        return readFirst((position, into, offset, count) -> reader.read(into, offset, count));
    }

    private interface Reader {
        int read(long position, byte[] into, int offset, int count) throws IOException;
    }

    private static FileSignature readFirst(Reader source) throws IOException {
        byte[] bytes = new byte[BYTES];
        int have = 0;
        for (int n = 0; n >= 0 && have < BYTES; have += Math.max(n, 0)) {
            n = source.read(have, bytes, have, BYTES - have);
        }
        return new FileSignature(bytes, have);
    }

    boolean isNpy() {
        return count >= NPY_MAGIC.length && Arrays.mismatch(bytes, NPY_MAGIC) == NPY_MAGIC.length;
    }

    /** The error of a file that is no .npy file and in which no end record was found. */
    ZipmapException noEndRecord() {
        long signature = count < 4 ? 0 : LittleEndian.u32(bytes, 0);
        if (signature == SPLIT_SIGNATURE) {
            return new ZipmapException(
                            Condition.ARCHIVE_SPANNED, "Unsupported archive: the first part of a split archive")
                    .advice("Join the parts first, with zip -s 0.");
        }
        if (signature == ZipLocalHeader.SIGNATURE) {
            return new ZipmapException(
                            Condition.ARCHIVE_TRUNCATED,
                            "Cannot find the end of central directory record of a zip file")
                    .advice("The file was probably not copied to its end: fetch it again.");
        }
        return new ZipmapException(Condition.NOT_AN_ARCHIVE, "Cannot recognize an archive or array in the file")
                .expected("a zip, .npz or .npy file");
    }
}
