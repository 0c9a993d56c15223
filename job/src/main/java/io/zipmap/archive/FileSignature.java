package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Recognizes a file by its first bytes: a bare .npy file, or a zip file whose end is missing. */
final class FileSignature {
    private static final int BYTES = 8;

    /** The .npy signature of {@code numpy/lib/format.py}. */
    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The marker of the first part of a split archive (APPNOTE 8.5.3). */
    private static final int SPLIT_SIGNATURE = 0x08074b50;

    private static final String NOT_AN_ARCHIVE = "Cannot recognize an archive or array in the file";
    private static final String EXPECTED = "a zip, .npz or .npy file";

    private static final byte[] TAR_MAGIC = {'u', 's', 't', 'a', 'r'};
    private static final int TAR_MAGIC_AT = 257;

    /** First bytes of formats that may contain archives or arrays. */
    private static final Map<String, int[]> PACKED = Map.of(
            "gzip", new int[] {0x1F, 0x8B},
            "7z", new int[] {'7', 'z', 0xBC, 0xAF},
            "bzip2", new int[] {'B', 'Z', 'h'},
            "xz", new int[] {0xFD, '7', 'z', 'X', 'Z'},
            "zstd", new int[] {0x28, 0xB5, 0x2F, 0xFD},
            "rar", new int[] {'R', 'a', 'r', '!'});

    /** First bytes of other formats of arrays and tables. */
    private static final Map<String, int[]> OTHERS = Map.of(
            "HDF5", new int[] {0x89, 'H', 'D', 'F'},
            "Parquet", new int[] {'P', 'A', 'R', '1'});

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
        if (count == 0) {
            return notAnArchive("an empty file");
        }
        for (Map.Entry<String, int[]> packed : PACKED.entrySet()) {
            if (startsWith(packed.getValue())) {
                return notAnArchive("a " + packed.getKey() + " file").advice("Unpack it first.");
            }
        }
        for (Map.Entry<String, int[]> other : OTHERS.entrySet()) {
            if (startsWith(other.getValue())) {
                return notAnArchive("a file of " + other.getKey());
            }
        }
        return new ZipmapException(Condition.NOT_AN_ARCHIVE, NOT_AN_ARCHIVE).expected(EXPECTED);
    }

    /**
     * Refuses a tar file. It may end with a zip file as its last member, whose directory hides the other members.
     *
     * @throws ZipmapException {@code NOT_AN_ARCHIVE}
     */
    static void refuseTar(ByteSource source) throws IOException {
        byte[] magic = new byte[TAR_MAGIC.length];
        int have = 0;
        for (int n = 0; n >= 0 && have < magic.length; have += Math.max(n, 0)) {
            n = source.read(TAR_MAGIC_AT + have, magic, have, magic.length - have);
        }
        if (Arrays.equals(magic, TAR_MAGIC)) {
            throw notAnArchive("a tar file").advice("Unpack it first.");
        }
    }

    private static ZipmapException notAnArchive(String actual) {
        return new ZipmapException(Condition.NOT_AN_ARCHIVE, NOT_AN_ARCHIVE)
                .expected(EXPECTED)
                .actual(actual);
    }

    private boolean startsWith(int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= count || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
