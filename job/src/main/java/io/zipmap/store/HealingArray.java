package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.mapped.MappedArray;
import io.zipmap.scratch.FileAttributes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A mapped array that heals. If a read finds the file missing or damaged, the file is made again from its archive, it
 * is mapped, and the read starts again. This happens at most twice. Owns the map and the pin on the file. Not
 * thread-safe.
 */
final class HealingArray implements Closeable {
    private static final int MAX_HEALS = 2;

    private final ArrayVerifier verifier;
    private final ArrayExtractor extractor;
    private final int windowBytes;
    private final Consumer<ArrayRecord> onHealed;
    private PinnedRecord pinned;
    private @Nullable MappedArray array;
    private @Nullable FileAttributes mappedFile;
    private long unmappedBytes;
    private int heals;
    private boolean closed;

    /**
     * @param windowBytes most bytes of one mapping
     * @param pinned closed by this
     * @param onHealed gets the new record after each healing
     */
    HealingArray(
            ArrayVerifier verifier,
            ArrayExtractor extractor,
            int windowBytes,
            PinnedRecord pinned,
            Consumer<ArrayRecord> onHealed) {
        this.verifier = verifier;
        this.extractor = extractor;
        this.windowBytes = windowBytes;
        this.pinned = pinned;
        this.onHealed = onHealed;
    }

    /**
     * Maps the array if it is not mapped yet, and runs a reader. Runs it again from the start after each healing.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} if two healings did not help; also the errors of verification,
     *     extraction and the reader
     */
    <R> R read(ArrayReader<R> reader) throws IOException {
        while (true) {
            try {
                return reader.read(mapped(), heals);
            } catch (ZipmapException e) {
                unmap();
                if (e.condition() != Condition.SCRATCH_DAMAGED || heals == MAX_HEALS) {
                    throw e;
                }
            }
            heal();
        }
    }

    /** Maps the array now, healed if need be. */
    void map() throws IOException {
        read((mapped, times) -> mapped);
    }

    private MappedArray mapped() throws IOException {
        if (closed) {
            throw new IllegalStateException("Cannot read an array after it was closed");
        }
        MappedArray open = array;
        if (open == null) {
            ArrayRecord record = pinned.record();
            mappedFile = verifier.verify(record);
            open = MappedArray.open(Path.of(record.path()), record.offset(), record.layout(), windowBytes);
            array = open;
        }
        return open;
    }

    private void heal() throws IOException {
        // Before the healing: the healed file gets a mark of its own, also if the folder of marks was lost too.
        pinned.close();
        pinned = extractor.heal(pinned.record());
        heals++;
        onHealed.accept(pinned.record());
    }

    private void unmap() throws IOException {
        MappedArray open = array;
        if (open != null) {
            unmappedBytes += open.mappedBytes();
            array = null;
            open.close();
        }
    }

    /** The record that the array is mapped from: another one after each healing. */
    ArrayRecord record() {
        return pinned.record();
    }

    /** The attributes of the mapped file before it was mapped; null if they could not be read. */
    @Nullable
    FileAttributes mappedFile() {
        return mappedFile;
    }

    /** False before the first read, and after a read that failed. */
    boolean isMapped() {
        return array != null;
    }

    int heals() {
        return heals;
    }

    /** Bytes of all mappings made so far. */
    long mappedBytes() {
        return unmappedBytes + (array == null ? 0 : array.mappedBytes());
    }

    /** As {@link ArrayVerifier#requireUnchanged}. */
    void requireUnchanged() throws IOException {
        verifier.requireUnchanged(pinned.record());
    }

    /** As {@link ArrayVerifier#requireSound}. */
    void requireSound() throws IOException {
        verifier.requireSound(pinned.record(), mappedFile);
    }

    /** Closes the map and the pin. A second call has no effect. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                unmap();
            } finally {
                pinned.close();
            }
        }
    }
}
