package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scratch of one node: files under names that say what is in them, each made once however many threads and
 * processes ask for it, and complete as soon as it has its name. Threads may share it. Closing it gives up this
 * process's share; the files of an application go with the last process that has one.
 */
public final class Scratch implements AutoCloseable {
    private final List<ScratchFolder> folders;
    private final ScratchBudget budget;
    private final VerifiedFiles verified = new VerifiedFiles();
    private final boolean keep;
    private volatile boolean closed;

    private Scratch(ScratchSettings settings, List<ScratchFolder> folders) {
        this.folders = folders;
        this.budget = new ScratchBudget(settings, folders);
        this.keep = settings.keep();
    }

    /**
     * Opens the folders that are of use, and sweeps what dead processes left in them.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} when something in a folder's place is not ours,
     *     {@code SCRATCH_UNUSABLE} when no folder is of use
     */
    public static Scratch open(ScratchSettings settings) throws IOException {
        List<ScratchFolder> folders = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        boolean opened = false;
        try {
            for (Path base : bases(settings, refusals)) {
                try {
                    folders.add(ScratchFolder.open(base, settings.scope(), settings.patience()));
                } catch (ZipmapException e) {
                    throw e;
                } catch (IOException e) {
                    refusals.add(e.toString());
                }
            }
            if (folders.isEmpty()) {
                throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot use any scratch folder: " + refusals)
                        .advice("Name folders that this user may write with --scratch.");
            }
            for (ScratchFolder folder : folders) {
                folder.sweep();
            }
            opened = true;
            return new Scratch(settings, List.copyOf(folders));
        } finally {
            if (!opened) {
                closeAll(folders);
            }
        }
    }

    private static Set<Path> bases(ScratchSettings settings, List<String> refusals) {
        Set<Path> bases = new LinkedHashSet<>();
        for (String folder : settings.folders()) {
            try {
                bases.add(Files.createDirectories(Path.of(folder)).toRealPath());
            } catch (IOException e) {
                refusals.add(e.toString());
            }
        }
        return bases;
    }

    /**
     * Returns the expected file, and makes it if no folder has it.
     *
     * @return to be closed when the caller has stopped to read it
     * @throws ZipmapException {@code SCRATCH_FULL} if no folder or not the budget has room, {@code SCRATCH_UNUSABLE} if
     *     every folder failed, {@code SCRATCH_UNSAFE} if a file of another user has the name, {@code SIZE_MISMATCH} if
     *     {@code writer} does not write the expected number of bytes
     * @throws IOException what {@code writer} throws; nothing is left of the file then
     */
    public ScratchFile obtain(FileExpectation expected, ContentWriter writer) throws IOException {
        checkOpen();
        ScratchFile found = find(expected, false);
        return found != null ? found : makeOnce(expected, writer);
    }

    /**
     * Makes a missing or damaged file again, unless another thread or process has done so by now. Removes what does not
     * meet {@code expected}.
     *
     * @param expected a {@linkplain FileExpectation#lost lost} file
     * @throws IOException as {@link #obtain} does
     */
    public ScratchFile restore(FileExpectation expected, ContentWriter writer) throws IOException {
        checkOpen();
        return makeOnce(expected, writer);
    }

    private ScratchFile makeOnce(FileExpectation content, ContentWriter writer) throws IOException {
        try (LockFile.Hold hold = home(content.name()).lock(content.name(), content.bytes())) {
            // Without the lock too: two that make the same file waste time, but each publishes a whole one.
            ScratchFile found = find(content, hold != null);
            return found != null ? found : make(content, writer);
        }
    }

    /** The files that this process has found right. */
    public VerifiedFiles verified() {
        return verified;
    }

    /** Whether its files outlive the application. */
    public boolean keeps() {
        return keep;
    }

    /**
     * Digests spread, so that the processes of a node agree on whose lock counts, wherever there is room for the file.
     */
    private ScratchFolder home(String name) {
        return folders.get((int) Long.remainderUnsigned(StableHash.hash(name), folders.size()));
    }

    /** Returns the expected file if a folder has it, else null. Changes nothing. */
    public @Nullable ScratchFile find(FileExpectation expected) throws IOException {
        return find(expected, false);
    }

    private @Nullable ScratchFile find(FileExpectation content, boolean mend) throws IOException {
        for (ScratchFolder folder : folders) {
            Path path = folder.path(content.name());
            FileAttributes inode = folder.find(content.name());
            if (inode == null) {
                continue;
            }
            if (!inode.isOwnedByUser() && !content.replacesForeign()) {
                throw FileAttributes.unsafe(path, "a file of this user", inode);
            }
            if (!content.isMetBy(path, inode, verified)) {
                if (mend) {
                    remove(folder, path, inode);
                }
                continue;
            }
            ScratchFile file = use(folder, content.name(), true);
            if (FileAttributes.readIfExists(path) != null) {
                touch(path);
                return file;
            }
            // Let go by another process between the two looks.
            file.close();
        }
        return null;
    }

    /** What says that this process uses the file, if it is one of the cache's. */
    private ScratchFile use(ScratchFolder folder, String name, boolean reused) {
        if (!keep) {
            return new ScratchFile(folder.path(name), reused, () -> {});
        }
        folder.uses().begin(name);
        return new ScratchFile(folder.path(name), reused, () -> folder.uses().end(name));
    }

    /**
     * Says that this process reads a file, wherever it lies, so that no budget takes it away.
     *
     * @return to be closed afterwards
     */
    public ScratchFile pin(Path path) {
        checkOpen();
        return folders.stream()
                .filter(folder -> folder.files().equals(path.getParent()))
                .findFirst()
                .map(folder -> use(folder, path.getFileName().toString(), true))
                .orElseGet(() -> new ScratchFile(path, true, () -> {}));
    }

    /** Of the cache, the least recently used goes first. */
    private void touch(Path path) {
        if (keep) {
            try {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            } catch (IOException e) {
                // A disk that cannot be written any more can be read.
                return;
            }
        }
    }

    private void remove(ScratchFolder folder, Path path, FileAttributes inode) throws IOException {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            // It is never used. It may be replaced, or lie on a disk that takes no change: another one may.
            folder.suspect();
            return;
        }
        budget.release(inode.isFile() ? inode.size() : 0);
    }

    private ScratchFile make(FileExpectation content, ContentWriter writer) throws IOException {
        FolderCandidates choice = FolderCandidates.of(folders, content.name(), content.bytes());
        for (ScratchFolder folder : choice.folders()) {
            try {
                return make(folder, content, writer);
            } catch (DiskFailure e) {
                folder.suspect();
                choice.failed(folder, e);
            }
        }
        throw choice.nothingLeft();
    }

    private ScratchFile make(ScratchFolder folder, FileExpectation content, ContentWriter writer) throws IOException {
        ScratchFile file = use(folder, content.name(), false);
        boolean published = false;
        try {
            PartFile part = budget.reserve(
                    content.bytes(), !content.isOptional(), () -> folder.create(content.name(), content.bytes()));
            try {
                writer.write(part);
                part.publish();
                published = true;
                if (keep) {
                    verified.addWritten(file.path());
                }
                return file;
            } finally {
                if (!published) {
                    part.remove();
                    budget.release(content.bytes());
                }
            }
        } finally {
            if (!published) {
                file.close();
            }
        }
    }

    /** Whether the folders are still those that were opened. */
    public boolean foldersExist() {
        return folders.stream().allMatch(ScratchFolder::isThere);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot use scratch after it was closed");
        }
    }

    /** Gives up this process's share, a second time to no effect. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            closeAll(folders);
        }
    }

    /** Each is closed, whatever another one throws. */
    private static void closeAll(List<ScratchFolder> folders) throws IOException {
        if (!folders.isEmpty()) {
            try {
                folders.get(0).close();
            } finally {
                closeAll(folders.subList(1, folders.size()));
            }
        }
    }
}
