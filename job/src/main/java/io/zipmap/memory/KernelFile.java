package io.zipmap.memory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of {@code /proc} or of a cgroup that stays open, because it is read again and again. Its reader closes it. */
final class KernelFile implements AutoCloseable {
    /** More than the lines that are read; the rest of a longer file is not. */
    private static final int BYTES = 4096;

    private final RandomAccessFile file;
    private final byte[] buffer = new byte[BYTES];

    private KernelFile(RandomAccessFile file) {
        this.file = file;
    }

    /** Returns null if there is no such file, or this process may not read it. */
    static @Nullable KernelFile open(Path path) {
        try {
            return new KernelFile(new RandomAccessFile(path.toFile(), "r"));
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /**
     * What the file says now. Valid until the next call.
     *
     * @throws IOException also if the file tells of a process that has ended
     */
    KernelText read() throws IOException {
        file.seek(0);
        int length = 0;
        int count;
        do {
            count = file.read(buffer, length, BYTES - length);
            length += Math.max(count, 0);
        } while (count > 0 && length < BYTES);
        return new KernelText(buffer, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
