package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a Hadoop file system. To an object store a request costs as much as some megabytes, so that this asks
 * seldom: what is read here and there comes through a window of 64 KiB, by positioned reads; what goes on where the
 * window ends flows from one request for as long as it goes on. No more than the window is held.
 */
final class HadoopSource implements ByteSource {
    /**
     * The least that Hadoop's object stores ask for; holds a directory of some hundred entries, or a whole small one.
     */
    static final int WINDOW_BYTES = 64 << 10;

    private final ArchiveRef ref;
    private final HadoopFile file;
    private final SourceFailure failure;
    private @Nullable FSDataInputStream probe;
    private @Nullable FSDataInputStream flow;
    private byte[] window = new byte[0];
    private long windowStart;
    private int windowCount;
    private long next = -1;

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
            n = fromWindow(position, into, offset, wanted);
            if (n == 0) {
                n = goesOn(position) ? flow(position, into, offset, wanted) : probe(position, into, offset, wanted);
            }
        } catch (IOException e) {
            throw failure.whileReading(e, file::now);
        }
        if (n <= 0) {
            throw failure.whileReading(null, file::now);
        }
        next = position + n;
        return n;
    }

    private int fromWindow(long position, byte[] into, int offset, int count) {
        long from = position - windowStart;
        if (from < 0 || from >= windowCount) {
            return 0;
        }
        int n = (int) Math.min(count, windowCount - from);
        System.arraycopy(window, (int) from, into, offset, n);
        return n;
    }

    /**
     * A gap that costs less to read over than to ask again counts as going on: so do the entries of an archive, one by
     * one.
     */
    private boolean goesOn(long position) throws IOException {
        if (position == next) {
            return true;
        }
        if (flow == null) {
            return false;
        }
        long at = HadoopCall.of(flow::getPos);
        return position >= at && position - at < WINDOW_BYTES;
    }

    private int flow(long position, byte[] into, int offset, int count) throws IOException {
        if (flow == null) {
            flow = open(HadoopFile.SEQUENTIAL);
        }
        FSDataInputStream stream = flow;
        return HadoopCall.of(() -> {
            stream.seek(position);
            return stream.read(into, offset, count);
        });
    }

    /** What fills a window by itself goes past it, and leaves what is in it for the next who comes. */
    private int probe(long position, byte[] into, int offset, int count) throws IOException {
        if (probe == null) {
            probe = open(HadoopFile.RANDOM);
        }
        if (count >= WINDOW_BYTES) {
            readFully(probe, position, into, offset, count);
            return count;
        }
        if (window.length == 0) {
            window = new byte[(int) Math.min(WINDOW_BYTES, ref.length())];
        }
        windowCount = 0;
        int fill = (int) Math.min(window.length, ref.length() - position);
        readFully(probe, position, window, 0, fill);
        windowStart = position;
        windowCount = fill;
        return fromWindow(position, into, offset, count);
    }

    private static void readFully(FSDataInputStream stream, long position, byte[] into, int offset, int count)
            throws IOException {
        HadoopCall.run(() -> stream.readFully(position, into, offset, count));
    }

    /** Where no ETag holds the reader to its generation, what is there after opening must still be that. */
    private FSDataInputStream open(String policy) throws IOException {
        FSDataInputStream stream = file.open(policy);
        boolean same = false;
        try {
            if (!file.isGuarded()) {
                failure.requireSame(file.now());
            }
            same = true;
            return stream;
        } finally {
            if (!same) {
                close(stream);
            }
        }
    }

    @Override
    public void close() throws IOException {
        windowCount = 0;
        try {
            close(probe);
        } finally {
            close(flow);
        }
    }

    private static void close(@Nullable FSDataInputStream stream) throws IOException {
        if (stream != null) {
            HadoopCall.run(stream::close);
        }
    }
}
