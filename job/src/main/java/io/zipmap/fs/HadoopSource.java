package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ByteSource} of a file on a Hadoop file system, with few requests: on an object store one request costs as
 * much time as some megabytes. Two streams share the reads. Random reads fill a window of 64 KiB by positioned reads.
 * Sequential reads continue one open stream. The window is the only buffer of the streams. The caller that opens it
 * closes it.
 */
final class HadoopSource implements ByteSource {
    /**
     * The smallest request of Hadoop's object stores. It holds a zip directory of some hundred entries, or a whole
     * small archive.
     */
    static final int WINDOW_BYTES = 64 << 10;

    private final ArchiveRef ref;
    private final HadoopFile file;
    private final SourceFailure failure;
    private @Nullable FSDataInputStream randomStream;
    private @Nullable FSDataInputStream sequentialStream;
    private byte[] window = new byte[0];
    private byte[] copied = new byte[0];
    private long windowStart;
    private int windowCount;
    private long nextPosition = -1;

    HadoopSource(ArchiveRef ref, HadoopFile file) {
        this.ref = ref;
        this.file = file;
        this.failure = new SourceFailure(ref);
    }

    @Override
    public ArchiveRef ref() {
        return ref;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        if (position >= ref.length()) {
            return -1;
        }
        if (count == 0) {
            return 0;
        }
        int wanted = (int) Math.min(count, ref.length() - position);
        int n;
        try {
            n = copyFromWindow(position, into, offset, wanted);
            if (n == 0) {
                n = isSequential(position)
                        ? readSequential(position, into, offset, wanted)
                        : readRandom(position, into, offset, wanted);
            }
        } catch (IOException e) {
            throw failure.translateWhileReading(e, file::currentRef);
        }
        if (n <= 0) {
            throw failure.translateWhileReading(null, file::currentRef);
        }
        nextPosition = position + n;
        return n;
    }

    /** Hadoop's streams fill an array, which is kept for the next read. */
    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        if (copied.length < into.remaining()) {
            copied = new byte[into.remaining()];
        }
        int n = read(position, copied, 0, into.remaining());
        into.put(copied, 0, Math.max(0, n));
        return n;
    }

    private int copyFromWindow(long position, byte[] into, int offset, int count) {
        long from = position - windowStart;
        if (from < 0 || from >= windowCount) {
            return 0;
        }
        int n = (int) Math.min(count, windowCount - from);
        System.arraycopy(window, (int) from, into, offset, n);
        return n;
    }

    /**
     * Whether a read continues the sequential stream. A gap shorter than the window counts as continued, because
     * reading over it costs less than a new request. The entries of an archive, read in order, have such gaps.
     */
    private boolean isSequential(long position) throws IOException {
        if (position == nextPosition) {
            return true;
        }
        if (sequentialStream == null) {
            return false;
        }
        long at = HadoopCall.get(sequentialStream::getPos);
        return position >= at && position - at < WINDOW_BYTES;
    }

    private int readSequential(long position, byte[] into, int offset, int count) throws IOException {
        if (sequentialStream == null) {
            sequentialStream = open(HadoopFile.SEQUENTIAL);
        }
        FSDataInputStream stream = sequentialStream;
        return HadoopCall.get(() -> {
            stream.seek(position);
            return stream.read(into, offset, count);
        });
    }

    /** A read of at least a window bypasses it, and leaves its content for later reads. */
    private int readRandom(long position, byte[] into, int offset, int count) throws IOException {
        if (randomStream == null) {
            randomStream = open(HadoopFile.RANDOM);
        }
        if (count >= WINDOW_BYTES) {
            readFully(randomStream, position, into, offset, count);
            return count;
        }
        if (window.length == 0) {
            window = new byte[(int) Math.min(WINDOW_BYTES, ref.length())];
        }
        windowCount = 0;
        int fill = (int) Math.min(window.length, ref.length() - position);
        readFully(randomStream, position, window, 0, fill);
        windowStart = position;
        windowCount = fill;
        return copyFromWindow(position, into, offset, count);
    }

    private static void readFully(FSDataInputStream stream, long position, byte[] into, int offset, int count)
            throws IOException {
        HadoopCall.run(() -> stream.readFully(position, into, offset, count));
    }

    /** Opens a stream. Without an ETag, the file must still be the same generation after the stream is open. */
    private FSDataInputStream open(String policy) throws IOException {
        FSDataInputStream stream = file.open(policy);
        boolean same = false;
        try {
            if (!file.isGuarded()) {
                failure.requireSame(file.currentRef());
            }
            same = true;
            return stream;
        } finally {
            if (!same) {
                closeStream(stream);
            }
        }
    }

    @Override
    public void close() throws IOException {
        windowCount = 0;
        try {
            closeStream(randomStream);
        } finally {
            closeStream(sequentialStream);
        }
    }

    private static void closeStream(@Nullable FSDataInputStream stream) throws IOException {
        if (stream != null) {
            HadoopCall.run(stream::close);
        }
    }
}
