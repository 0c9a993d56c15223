package io.zipmap.tools;

import io.zipmap.array.NpyHeader;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes sample archives with one array each. Immutable. */
final class SampleArchives implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A constant time, so that the same seed gives the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final String folder;
    private final SampleArray array;
    private final boolean npz;
    private final boolean stored;

    SampleArchives(String folder, SampleArray array, boolean npz, boolean stored) {
        this.folder = folder;
        this.array = array;
        this.npz = npz;
        this.stored = stored;
    }

    /**
     * Writes the archive with this number.
     *
     * @return false if it exists already
     */
    boolean writeIfMissing(Configuration configuration, int number) throws IOException {
        Path target = new Path(HadoopPaths.ofOutput(folder, configuration), "file_" + number + (npz ? ".npz" : ".zip"));
        // An archive has checksums of its own. A second file beside it would only be in the way.
        FileSystem fs = AtomicFiles.withoutChecksums(target.getFileSystem(configuration));
        if (fs.exists(target)) {
            return false;
        }
        Path part = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
        try (ZipOutputStream zip = new ZipOutputStream(fs.create(part, false))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(entry(number));
            writeContent(number, zip);
            zip.closeEntry();
        }
        if (!fs.rename(part, target)) {
            throw new IOException("Cannot rename " + part + " to " + target);
        }
        return true;
    }

    /** The header of the entry. Zip writes size and checksum of a stored entry first, so its content is made twice. */
    private ZipEntry entry(int number) throws IOException {
        ZipEntry entry = new ZipEntry(npz ? "arr_0.npy" : "file_" + number + ".dat");
        entry.setTimeLocal(TIME);
        if (stored) {
            CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
            writeContent(number, sum);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(array.layout().bytes() + header().length);
            entry.setCrc(sum.getChecksum().getValue());
        }
        return entry;
    }

    private void writeContent(int number, OutputStream out) throws IOException {
        out.write(header());
        array.write(number, out);
    }

    private byte[] header() {
        return npz ? NpyHeader.write(array.layout()) : new byte[0];
    }
}
