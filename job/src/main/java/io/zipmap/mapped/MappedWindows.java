package io.zipmap.mapped;

import io.zipmap.Condition;
import io.zipmap.IoRunnable;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One range of a file, mapped in windows of 2^n bytes. A window is mapped when it is first read, so a reader of a slice
 * maps only the slice. A position is a byte offset in the range. Owns the file channel and the maps, which
 * {@link #close} gives back. Thread-safe.
 */
final class MappedWindows {
    /** Bytes that are mapped now in this process, a count like those of the JDK's own buffer pools. */
    private static final LongAdder MAPPED = new LongAdder();

    private final Path file;
    private final FileChannel channel;
    private final long offset;
    private final long bytes;
    private final ByteOrder order;
    private final int shift;
    private final int overlap;
    private final AtomicReferenceArray<ByteBuffer> maps;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    private MappedWindows(
            Path file, FileChannel channel, long offset, long bytes, ByteOrder order, int shift, int overlap) {
        this.file = file;
        this.channel = channel;
        this.offset = offset;
        this.bytes = bytes;
        this.order = order;
        this.shift = shift;
        this.overlap = overlap;
        this.maps = new AtomicReferenceArray<>(Math.toIntExact(((bytes - 1) >> shift) + 1));
    }

    /**
     * Opens a range of a file and maps nothing yet. The caller closes the result.
     *
     * @param windowBytes most bytes of a window without its overlap; the greatest power of two in it is used
     * @param overlap bytes by which each window reaches into the next
     * @throws ZipmapException {@code SCRATCH_DAMAGED} if this is not a regular file, or is too short
     */
    static MappedWindows open(Path file, long offset, long bytes, ByteOrder order, int windowBytes, int overlap)
            throws IOException {
        // Checked before the open, because the open of a FIFO never returns.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw damaged(file)
                    .expected("a regular file")
                    .actual(Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "something else" : "nothing");
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw damaged(file).expected("a regular file").actual("nothing");
        }
        boolean sound = false;
        try {
            checkSize(file, channel, offset, bytes);
            int shift = 31 - Integer.numberOfLeadingZeros(windowBytes);
            MappedWindows windows = new MappedWindows(file, channel, offset, bytes, order, shift, overlap);
            sound = true;
            return windows;
        } finally {
            if (!sound) {
                channel.close();
            }
        }
    }

    private static void checkSize(Path file, FileChannel channel, long offset, long bytes) throws IOException {
        if (offset < 0 || channel.size() - offset < bytes) {
            throw damaged(file)
                    .expected("at least " + bytes + " bytes at offset " + offset)
                    .actual(channel.size() + " bytes");
        }
    }

    private static ZipmapException damaged(Path file) {
        return new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot map: " + file);
    }

    private ZipmapException truncated() {
        return damaged(file)
                .expected("at least " + bytes + " bytes at offset " + offset)
                .actual("a file that was truncated, or failed to read, while it was mapped");
    }

    /** The window with the byte at a position. To be called inside {@link #read}. */
    ByteBuffer window(long position) throws IOException {
        int i = (int) (position >> shift);
        ByteBuffer map = maps.getAcquire(i);
        return map != null ? map : mapWindow(i);
    }

    /** The offset of the byte at a position in its window. */
    int offsetInWindow(long position) {
        return (int) position & ((1 << shift) - 1);
    }

    private synchronized ByteBuffer mapWindow(int i) throws IOException {
        checkOpen();
        ByteBuffer map = maps.get(i);
        if (map == null) {
            checkSize(file, channel, offset, bytes);
            long start = (long) i << shift;
            map = mapBytes(offset + start, Math.min(bytes - start, (1L << shift) + overlap));
            map.order(order);
            maps.setRelease(i, map);
        }
        return map;
    }

    /**
     * Maps a range of the file. Drops the OutOfMemoryError that the JDK gives as the cause of a failed mmap: it would
     * end the process, though the heap is not full.
     */
    private ByteBuffer mapBytes(long position, long size) throws IOException {
        try {
            ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, position, size);
            MAPPED.add(size);
            return map;
        } catch (IOException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot map " + size + " bytes of: " + file)
                        .actual("no address space, or too many maps in this process")
                        .advice("Raise vm.max_map_count or ulimit -v, or map in larger pieces with "
                                + OptionSpelling.mention("sliceBytes") + ".");
            }
            throw e;
        }
    }

    /**
     * Runs code that reads windows. {@link #close} waits until it has ended.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} in place of the InternalError that a page of a truncated file
     *     raises. It has no cause, because Spark ends the process for an InternalError, also for one that is a cause
     */
    void read(IoRunnable reading) throws IOException {
        lock.readLock().lock();
        try {
            reading.run();
            PageFaults.deliver();
        } catch (InternalError e) {
            throw truncated();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A copy on the heap of up to {@code count} bytes, all in one window, and fewer at the end of the range. */
    ByteBuffer copy(long position, int count) throws IOException {
        byte[] copy = new byte[(int) Math.min(count, bytes - position)];
        read(() -> window(position).get(offsetInWindow(position), copy));
        return ByteBuffer.wrap(copy).order(order);
    }

    /** Bytes that all windows of this process map now. */
    static long mappedBytesOfProcess() {
        return MAPPED.sum();
    }

    /** Bytes that are mapped now. */
    long mappedBytes() {
        long sum = 0;
        for (int i = 0; i < maps.length(); i++) {
            ByteBuffer map = maps.getAcquire(i);
            sum += map == null ? 0 : map.capacity();
        }
        return sum;
    }

    /** Bytes of a window without its overlap. The last window may be shorter. */
    int size() {
        return 1 << shift;
    }

    /** The binary logarithm of {@link #size}. */
    int shift() {
        return shift;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot read a MappedArray after it was closed: " + file);
        }
    }

    /** Waits for running reads, then unmaps all windows at once. A second call has no effect. */
    void close() throws IOException {
        lock.writeLock().lock();
        try {
            unmap();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private synchronized void unmap() throws IOException {
        closed = true;
        for (int i = 0; i < maps.length(); i++) {
            ByteBuffer map = maps.getAndSet(i, null);
            if (map != null) {
                Unmapper.unmap(map);
                MAPPED.add(-map.capacity());
            }
        }
        channel.close();
    }
}
