package io.zipmap.scratch;

import io.zipmap.IoSupplier;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One scope of one scratch folder, open in this process: its files, the parts that this process writes, and whether its
 * disk has failed. Thread-safe; owns its {@link FolderMembership}.
 */
final class ScratchFolder implements AutoCloseable {
    private final FolderMembership membership;
    private final ReaderMarks readerMarks;
    private volatile @Nullable FileStore disk;
    private volatile boolean failing;

    private ScratchFolder(FolderMembership membership) {
        this.membership = membership;
        this.readerMarks = new ReaderMarks(membership.files(), membership.leaseId());
    }

    /** Joins the scope; throws what {@link FolderMembership#join} throws. */
    static ScratchFolder open(Path folder, String scope, Duration patience) throws IOException {
        return new ScratchFolder(FolderMembership.join(folder, scope, patience));
    }

    /** The folder of the scope's files. */
    Path files() {
        return membership.files();
    }

    Path path(String name) {
        return files().resolve(name);
    }

    /** The attributes of a file; null if it does not exist, or if the disk cannot tell. */
    @Nullable
    FileAttributes attributesIfExists(String name) {
        try {
            return FileAttributes.readIfExists(path(name));
        } catch (IOException e) {
            markFailing();
            return null;
        }
    }

    /** The bytes that this user can still write to the disk. */
    long freeBytes() throws IOException {
        FileStore store = disk;
        if (store == null) {
            // Reads the table of all mounts.
            store = Files.getFileStore(files());
            disk = store;
        }
        return store.getUsableSpace();
    }

    /**
     * Creates a part file. Checks the folder again first: a user who can rename the folder can put another one in its
     * place.
     *
     * @return to be published or removed by the caller
     */
    PartFile createPart(String name, long bytes) throws ZipmapException, DiskException {
        FileAttributes attributes;
        try {
            attributes = FileAttributes.readIfExists(files());
        } catch (IOException e) {
            throw new DiskException(e);
        }
        if (attributes != null && attributes.isFolder() && !attributes.isPrivateFolder()) {
            throw FileAttributes.unsafe(files(), "a folder of this user with mode 0700", attributes);
        }
        return PartFile.create(path(name), bytes, membership.leaseId());
    }

    /** A new path in this folder for a file on its way out. If this process dies, others remove it with the lease. */
    Path removalPath(String name) {
        return PartName.of(path(name), 0, membership.leaseId());
    }

    /** The marks of the files that this process makes or reads. */
    ReaderMarks readerMarks() {
        return readerMarks;
    }

    /** Runs {@code work} under the folder lock, see {@link FolderLocks#runLocked}. */
    <T> T runLocked(IoSupplier<T> work) throws IOException {
        return membership.locks().runLocked(work);
    }

    /** Takes the lock of one file, see {@link FolderLocks#tryLockFile}. */
    LockFile.@Nullable Lock tryLockFile(String name, long bytes) throws IOException {
        return membership.locks().tryLockFile(files().getFileName().toString(), name, bytes);
    }

    /** Removes the leases, reader marks and parts of dead processes, under the folder lock. */
    void removeRemains() throws IOException {
        runLocked(() -> {
            ScratchSweep.removeRemains(files());
            return true;
        });
    }

    /** Whether other processes still see this one as a member; true as well if the disk cannot tell. */
    boolean isVisible() {
        try {
            return membership.isVisible();
        } catch (IOException e) {
            markFailing();
            return true;
        }
    }

    /**
     * Deletes the scopes that {@link #open} moved out of the way. A disk that cannot delete them may still be usable.
     */
    void deleteRemoved() {
        if (!ScratchSweep.tryDeleteRemoved(membership.root())) {
            markFailing();
        }
    }

    /** Marks the disk as one that has failed: new files go to other folders first. */
    void markFailing() {
        failing = true;
    }

    boolean isFailing() {
        return failing;
    }

    /** Leaves the scope, see {@link FolderMembership#close}. */
    @Override
    public void close() throws IOException {
        membership.close();
    }

    @Override
    public String toString() {
        return membership.root().toString();
    }
}
