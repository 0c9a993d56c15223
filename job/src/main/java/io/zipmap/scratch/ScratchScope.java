package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What one application, or the cache, has in one scratch folder of this user: for people who look, and clean. */
public final class ScratchScope {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final long files;
    private final long bytes;
    private final boolean owned;

    private ScratchScope(Path path, long files, long bytes, boolean owned) {
        this.path = path;
        this.files = files;
        this.bytes = bytes;
        this.owned = owned;
    }

    /**
     * What lies in these folders.
     *
     * @param folders as in {@link ScratchSettings}; those that are missing hold nothing
     * @throws io.zipmap.ZipmapException {@code SCRATCH_UNSAFE} when something in a folder's place is not ours
     */
    public static List<ScratchScope> list(List<String> folders) throws IOException {
        List<ScratchScope> scopes = new ArrayList<>();
        for (String folder : folders) {
            Path root = Path.of(folder).resolve(PrivateAccess.userFolderName());
            FileAttributes inode = FileAttributes.readIfExists(root);
            if (inode == null) {
                continue;
            }
            if (!inode.isPrivateFolder()) {
                throw FileAttributes.unsafe(root, "a folder of this user with mode 0700", inode);
            }
            for (Path path :
                    ScratchSweep.list(root.toRealPath(), "{" + ScratchFolder.APP + "*," + ScratchFolder.KEEP + "}")) {
                scopes.add(of(path));
            }
        }
        return scopes;
    }

    /** Removes what applications without a live process left in these folders; what cannot be removed there stays. */
    public static void removeDead(List<String> folders) {
        for (String folder : folders) {
            try {
                for (ScratchScope scope : list(List.of(folder))) {
                    if (!scope.kept()) {
                        scope.remove();
                    }
                }
            } catch (IOException e) {
                // It is in nobody's way: not in a folder that is used.
                continue;
            }
        }
    }

    private static ScratchScope of(Path path) throws IOException {
        long files = 0;
        long bytes = 0;
        for (Path file : ScratchSweep.list(path, "[!.]*")) {
            FileAttributes inode = FileAttributes.readIfExists(file);
            if (inode != null && inode.isFile()) {
                files++;
                bytes += inode.size();
            }
        }
        return new ScratchScope(path, files, bytes, ScratchSweep.isOwned(path));
    }

    public Path path() {
        return path;
    }

    /** {@code app-} with the application's id, or {@code keep}. */
    public String scope() {
        return path.getFileName().toString();
    }

    /** Whether this is the cache across applications, which is meant to stay when nobody uses it. */
    public boolean kept() {
        return scope().equals(ScratchFolder.KEEP);
    }

    public long files() {
        return files;
    }

    public long bytes() {
        return bytes;
    }

    /** Whether a process of this node still uses it, or one of another host, of which this host cannot tell. */
    public boolean owned() {
        return owned;
    }

    /**
     * Removes it all, unless a process uses it.
     *
     * @return whether it is gone
     */
    public boolean remove() throws IOException {
        Path root = Objects.requireNonNull(path.getParent());
        if (!Files.exists(path)) {
            return true;
        }
        boolean gone;
        try (LockFile lock = LockFile.at(root.resolve(ScratchFolder.LOCK))) {
            gone = ScratchFolder.locked(lock, PATIENCE, this::moveUnlessOwned);
            ScratchSweep.delete(ScratchSweep.gone(root));
            ScratchFolder.locked(lock, PATIENCE, () -> ScratchFolder.removeIfEmpty(root, lock));
        }
        return gone;
    }

    private boolean moveUnlessOwned() throws IOException {
        if (Files.exists(path) && !ScratchSweep.isOwned(path)) {
            ScratchSweep.moveAway(path);
        }
        return !Files.exists(path);
    }

    @Override
    public String toString() {
        return path + ": " + files + " files, " + bytes + " bytes, " + (owned ? "in use" : "not in use");
    }
}
