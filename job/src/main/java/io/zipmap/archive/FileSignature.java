package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;

/** The first bytes of a file: a bare .npy file is known by them, and a zip file that has lost its end. */
final class FileSignature {
    private static final int BYTES = 8;

    /** What {@code numpy/lib/format.py} begins a file with; the rest of a .npy header is the affair of other floors. */
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
        return of((have, into, offset, count) -> source.read(have, into, offset, count));
    }

    /** Of a reader that stands at the start. */
    static FileSignature of(EntryReader reader) throws IOException {
        return of((have, into, offset, count) -> reader.read(into, offset, count));
    }

    private interface Bytes {
        int read(long have, byte[] into, int offset, int count) throws IOException;
    }

    private static FileSignature of(Bytes source) throws IOException {
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
        return new ZipmapException(Condition.NOT_AN_ARCHIVE, "Cannot see an archive or array in the file")
                .expected("a zip, .npz or .npy file");
    }
}
