package io.zipmap.store;

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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The scratch of one node: files under names that say what is in them, each made once however many threads and processes
 * ask for it, and complete as soon as it has its name. Threads may share it. Closing it gives up this process's share; the
 * files of an application go with the last process that has one.
 */
public final class Scratch implements AutoCloseable {
    private final List<ScratchFolder> folders;
    private final Budget budget;
    private final RecordMemo memo = new RecordMemo();
    private final boolean keep;
    private final Set<Path> used = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Scratch(ScratchSettings settings, List<ScratchFolder> folders) {
        this.folders = folders;
        this.budget = new Budget(settings, folders);
        this.keep = settings.keep();
    }

    /**
     * Opens the folders that are of use, and sweeps what dead processes left in them.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} when something in a folder's place is not ours, {@code
     *     SCRATCH_UNUSABLE} when no folder is of use
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
     * The file of this name, made if need be.
     *
     * @param name digits, lower-case letters, dots and hyphens; a digest of all that decides the content
     * @param bytes its exact size, known before the first byte is written
     * @throws ZipmapException {@code SCRATCH_FULL} when no folder or not the budget has room, {@code SCRATCH_UNUSABLE} when
     *     every folder failed, {@code SCRATCH_UNSAFE} when something under the name is not ours, {@code SIZE_MISMATCH} when
     *     the maker does not give {@code bytes}
     * @throws IOException what the maker throws; nothing is left of its file then
     */
    public ScratchFile obtain(String name, long bytes, FileMaker maker) throws IOException {
        check(name);
        ScratchFile found = find(name, bytes, false);
        if (found != null) {
            return found;
        }
        try (LockFile.Hold hold = home(name).lock(name, bytes)) {
            // Without the lock too: two that make the same file waste time, but each publishes a whole one.
            found = find(name, bytes, hold != null);
            return found != null ? found : new ScratchFile(make(name, bytes, maker), false);
        }
    }

    /** Removes the file of this name, if there is one, so that the next who asks for it makes it again. */
    public void discard(String name) throws IOException {
        check(name);
        LockFile.Hold hold = home(name).lock(name, 0);
        try {
            for (ScratchFolder folder : folders) {
                Inode inode = folder.find(name);
                if (inode != null) {
                    remove(folder.path(name), inode);
                }
            }
        } finally {
            if (hold != null) {
                hold.close();
            }
        }
    }

    /** What this process has found or made in it. */
    RecordMemo memo() {
        return memo;
    }

    /** Digests spread, so that the processes of a node agree on whose lock counts, wherever there is room for the file. */
    private ScratchFolder home(String name) {
        return folders.get((int) Long.remainderUnsigned(Spread.hash(name), folders.size()));
    }

    private @Nullable ScratchFile find(String name, long bytes, boolean mend) throws IOException {
        for (ScratchFolder folder : folders) {
            Path path = folder.path(name);
            Inode inode = folder.find(name);
            if (inode == null) {
                continue;
            }
            if (!inode.isOurs()) {
                throw Inode.unsafe(path, "a file of this user", inode);
            }
            if (inode.isSealedFile() && inode.size() == bytes) {
                if (!keep || isKept(folder, name)) {
                    return new ScratchFile(path, true);
                }
            } else if (mend) {
                remove(path, inode);
            }
        }
        return null;
    }

    /** Marks the file as used now and by this process, unless it has just been let go. */
    private boolean isKept(ScratchFolder folder, String name) throws IOException {
        Path path = folder.path(name);
        if (!used.contains(path)) {
            if (!budget.locked(() -> Inode.at(path) != null && folder.use(name))) {
                return false;
            }
            used.add(path);
        }
        Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        return true;
    }

    private void remove(Path path, Inode inode) throws IOException {
        Tree.delete(path);
        budget.release(inode.isFile() ? inode.size() : 0);
    }

    private Path make(String name, long bytes, FileMaker maker) throws IOException {
        Choice choice = Choice.of(folders, name, bytes);
        for (ScratchFolder folder : choice.folders()) {
            try {
                return make(folder, name, bytes, maker);
            } catch (DiskFailure e) {
                folder.suspect();
                choice.failed(folder, e);
            }
        }
        throw choice.nothingLeft();
    }

    private Path make(ScratchFolder folder, String name, long bytes, FileMaker maker) throws IOException {
        if (keep) {
            folder.use(name);
            used.add(folder.path(name));
        }
        PartFile part = budget.reserve(bytes, () -> folder.create(name, bytes));
        boolean published = false;
        try {
            maker.make(part);
            part.publish();
            published = true;
            return folder.path(name);
        } finally {
            if (!published) {
                part.remove();
                budget.release(bytes);
            }
        }
    }

    private void check(String name) {
        if (closed) {
            throw new IllegalStateException("Cannot use scratch after it was closed");
        }
        if (!name.matches("[0-9a-z][0-9a-z.-]{0,199}") || name.contains(PartFile.MARK)) {
            throw new IllegalArgumentException("Not a name for scratch: " + name);
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
