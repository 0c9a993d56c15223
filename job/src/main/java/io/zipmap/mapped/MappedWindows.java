package io.zipmap.mapped;

import io.zipmap.Condition;
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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One range of a file, mapped in windows of 2^n bytes when they are first touched, so that a task which reads a slice
 * maps no more than the slice. Owns the descriptor and the maps.
 */
final class MappedWindows {
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

    /** @param overlap bytes by which each window reaches into the next */
    static MappedWindows open(Path file, long offset, long bytes, ByteOrder order, int windowBytes, int overlap)
            throws IOException {
        // Asked before the open, which would wait for ever on a FIFO.
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

    private ZipmapException vanished() {
        return damaged(file)
                .expected("at least " + bytes + " bytes at offset " + offset)
                .actual("a file that was truncated, or failed to read, while it was mapped");
    }

    /** The window that has the byte at this position in the range. */
    ByteBuffer at(long position) throws IOException {
        int i = (int) (position >> shift);
        ByteBuffer map = maps.getAcquire(i);
        return map != null ? map : map(i);
    }

    /** Where in its window that byte lies. */
    int within(long position) {
        return (int) position & ((1 << shift) - 1);
    }

    private synchronized ByteBuffer map(int i) throws IOException {
        checkOpen();
        ByteBuffer map = maps.get(i);
        if (map == null) {
            checkSize(file, channel, offset, bytes);
            long start = (long) i << shift;
            map = map(offset + start, Math.min(bytes - start, (1L << shift) + overlap));
            map.order(order);
            maps.setRelease(i, map);
        }
        return map;
    }

    /**
     * Leaves out the OutOfMemoryError of a failed mmap, which would end the executor and has nothing to do with its
     * heap.
     */
    private ByteBuffer map(long position, long size) throws IOException {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, position, size);
        } catch (IOException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot map " + size + " bytes of: " + file)
                        .actual("no address space, or too many maps in this process")
                        .advice("Raise vm.max_map_count or ulimit -v, or map in larger pieces with --slice-bytes.");
            }
            throw e;
        }
    }

    interface Reading {
        void run() throws IOException;
    }

    /**
     * Runs what reads maps: close waits for it, and faults end in it.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} in place of the InternalError that a page without a file under it
     *     raises; without a cause, since Spark takes an InternalError as fatal for the whole executor in causes too
     */
    void read(Reading reading) throws IOException {
        lock.readLock().lock();
        try {
            reading.run();
            PageFaults.deliver();
        } catch (InternalError e) {
            throw vanished();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A copy on the heap of up to {@code count} bytes, which must not pass the end of a window. */
    ByteBuffer copy(long position, int count) throws IOException {
        byte[] copy = new byte[(int) Math.min(count, bytes - position)];
        read(() -> at(position).get(within(position), copy));
        return ByteBuffer.wrap(copy).order(order);
    }

    long mappedBytes() {
        long sum = 0;
        for (int i = 0; i < maps.length(); i++) {
            ByteBuffer map = maps.getAcquire(i);
            sum += map == null ? 0 : map.capacity();
        }
        return sum;
    }

    /** Bytes of a window, but for the last and for overlaps. */
    int size() {
        return 1 << shift;
    }

    int shift() {
        return shift;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot read a MappedArray after it was closed: " + file);
        }
    }

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
            }
        }
        channel.close();
    }
}
