package io.zipmap.scratch;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The scratch of one node: finds a file by its name, or makes it. Each file is made once, however many threads and
 * processes ask for it, and a file that has its name is complete. Thread-safe.
 *
 * <p>Closing it ends the membership of this process in the scratch folders. The last process of an application removes
 * the application's files.
 */
public final class Scratch implements AutoCloseable {
    private final FolderSet folders;
    private final VerifiedFiles verified = new VerifiedFiles();
    private final FilePins pins;
    private final FileFinder finder;
    private final FilePublisher publisher;
    private final boolean keep;
    private volatile boolean closed;

    private Scratch(ScratchSettings settings, FolderSet folders) {
        ScratchBudget budget = new ScratchBudget(settings, folders.all());
        this.folders = folders;
        this.keep = settings.keep();
        this.pins = new FilePins(folders, keep);
        this.finder = new FileFinder(folders, pins, verified, budget);
        this.publisher = new FilePublisher(folders, pins, verified, budget, keep);
    }

    /**
     * Opens all usable folders, and deletes what dead processes left in them.
     *
     * @return to be closed by the caller
     * @throws ZipmapException {@code SCRATCH_UNSAFE} if a folder holds what another user could have put there,
     *     {@code SCRATCH_UNUSABLE} if no folder is usable
     */
    public static Scratch open(ScratchSettings settings) throws IOException {
        return new Scratch(settings, FolderSet.open(settings));
    }

    /**
     * Returns the expected file, and makes it if no folder has it.
     *
     * @return to be closed when the caller no longer reads the file
     * @throws ZipmapException {@code SCRATCH_FULL} if no folder or not the budget has room, {@code SCRATCH_UNUSABLE} if
     *     every folder failed, {@code SCRATCH_UNSAFE} if a file of another user has the name, {@code SIZE_MISMATCH} if
     *     {@code writer} does not write the expected number of bytes
     * @throws IOException what {@code writer} throws; nothing is left of the file then
     */
    public ScratchFile obtain(FileExpectation expected, ContentWriter writer) throws IOException {
        checkOpen();
        ScratchFile found = finder.find(expected);
        return found != null ? found : findOrPublish(expected, writer);
    }

    /**
     * Makes a file that is missing or damaged, unless another thread or process has done so by now. Removes each file
     * of the same name that does not meet {@code expected}. Returns what {@link #obtain} does, but looks for the file
     * only once, under its lock: so it is faster for a file that is missing.
     *
     * @param expected a {@linkplain FileExpectation#lost lost} file, or one that this node probably does not have
     * @return to be closed when the caller no longer reads the file
     * @throws IOException as {@link #obtain} does
     */
    public ScratchFile restore(FileExpectation expected, ContentWriter writer) throws IOException {
        checkOpen();
        return findOrPublish(expected, writer);
    }

    private ScratchFile findOrPublish(FileExpectation expected, ContentWriter writer) throws IOException {
        ScratchFolder lockFolder = folders.lockFolder(expected.name());
        try (LockFile.Lock lock = lockFolder.tryLockFile(expected.name(), expected.bytes())) {
            // Goes on without the lock too: two processes that make the same file waste time, but each one publishes a
            // complete file.
            ScratchFile found = lock != null ? finder.findOrRemove(expected) : finder.find(expected);
            return found != null ? found : publisher.publish(expected, writer);
        }
    }

    /** Returns the expected file, to be closed as one of {@link #obtain}; null if no folder has it. */
    public @Nullable ScratchFile find(FileExpectation expected) throws IOException {
        return finder.find(expected);
    }

    /**
     * Keeps a file from being removed to make room, wherever the file is.
     *
     * @return to be closed when the caller no longer reads the file
     */
    public ScratchFile pin(Path path) {
        checkOpen();
        return pins.pinPath(path);
    }

    /** Keeps a file from being removed to make room until this is closed. */
    public void pinUntilClosed(Path path) {
        checkOpen();
        pins.pinUntilClosed(path);
    }

    /** The files that this process has verified. */
    public VerifiedFiles verified() {
        return verified;
    }

    /** Whether the files outlive the application. */
    public boolean keeps() {
        return keep;
    }

    /** Whether the folders that were opened still exist. */
    public boolean foldersExist() {
        return folders.areVisible();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot use scratch after it was closed");
        }
    }

    /** Closes all folders. Further calls do nothing. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            folders.close();
        }
    }
}
