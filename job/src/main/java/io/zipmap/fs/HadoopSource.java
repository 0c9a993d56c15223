package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of a Hadoop file system, by positioned reads. */
final class HadoopSource implements ByteSource {
    private final ArchiveRef ref;
    private final FSDataInputStream stream;

    HadoopSource(ArchiveRef ref, FSDataInputStream stream) {
        this.ref = ref;
        this.stream = stream;
    }

    @Override
    public ArchiveRef ref() {
        return ref;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        return position >= ref.length() ? -1 : stream.read(position, into, offset, count);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
