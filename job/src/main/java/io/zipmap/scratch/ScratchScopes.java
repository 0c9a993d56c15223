package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lists and removes the scopes of this user in scratch folders, without joining them. */
public final class ScratchScopes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ScratchScopes() {}

    /**
     * Lists the scopes in these folders.
     *
     * @param folders as in {@link ScratchSettings}; a missing folder has no scopes
     * @throws io.zipmap.ZipmapException {@code SCRATCH_UNSAFE} if a folder could be one of another user
     */
    public static List<ScratchScope> list(List<String> folders) throws IOException {
        List<ScratchScope> scopes = new ArrayList<>();
        for (String folder : folders) {
            Path root = FolderLayout.root(Path.of(folder));
            FileAttributes attributes = FileAttributes.readIfExists(root);
            if (attributes == null) {
                continue;
            }
            if (!attributes.isPrivateFolder()) {
                throw FileAttributes.unsafe(root, "a folder of this user with mode 0700", attributes);
            }
            for (Path path : FileTree.list(root.toRealPath(), FolderLayout.SCOPES_GLOB)) {
                scopes.add(inspect(path));
            }
        }
        return scopes;
    }

    private static ScratchScope inspect(Path path) throws IOException {
        long fileCount = 0;
        long bytes = 0;
        for (Path file : FileTree.list(path, FolderLayout.FILES_GLOB)) {
            FileAttributes attributes = FileAttributes.readIfExists(file);
            if (attributes != null && attributes.isFile()) {
                fileCount++;
                bytes += attributes.size();
            }
        }
        return new ScratchScope(path, fileCount, bytes, ScratchSweep.isInUse(path));
    }

    /** Removes the scopes of applications without a live process. Ignores folders in which that fails. */
    public static void removeDead(List<String> folders) {
        folders.forEach(ScratchScopes::removeDeadIn);
    }

    private static void removeDeadIn(String folder) {
        try {
            for (ScratchScope scope : list(List.of(folder))) {
                if (!scope.isKept()) {
                    remove(scope);
                }
            }
        } catch (IOException e) {
            // This process does not use the folder.
            return;
        }
    }

    /**
     * Removes a scope with all its files, unless a process uses it.
     *
     * @return whether it no longer exists
     */
    public static boolean remove(ScratchScope scope) throws IOException {
        Path files = scope.path();
        Path root = Objects.requireNonNull(files.getParent());
        if (!Files.exists(files)) {
            return true;
        }
        boolean removed;
        try (FolderLocks locks = FolderLocks.open(root, PATIENCE)) {
            removed = locks.runLocked(() -> moveAwayUnlessInUse(files));
            ScratchSweep.deleteRemoved(root);
            locks.runLocked(() -> ScratchSweep.removeEmptyRoot(root, locks));
        }
        return removed;
    }

    private static boolean moveAwayUnlessInUse(Path files) throws IOException {
        if (Files.exists(files) && !ScratchSweep.isInUse(files)) {
            ScratchSweep.moveAway(files);
        }
        return !Files.exists(files);
    }
}
