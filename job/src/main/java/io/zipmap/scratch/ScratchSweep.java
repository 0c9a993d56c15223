package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Finds and removes what dead processes left. All but {@link #delete} is done under the folder's lock. */
final class ScratchSweep {
    private static final String GONE = "gone-";

    private ScratchSweep() {}

    /** What lies in a folder; nothing, when the folder is not there. */
    static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    static boolean isOwned(Path files) throws IOException {
        for (Path lease : ScratchLease.list(files)) {
            if (ScratchLease.isAlive(lease)) {
                return true;
            }
        }
        return false;
    }

    /** Moves the folders of applications without a live process out of the way, to be deleted without the lock. */
    static void moveDead(Path root) throws IOException {
        for (Path files : list(root, ScratchFolder.APP + "*")) {
            if (!isOwned(files)) {
                moveAway(files);
            }
        }
    }

    static List<Path> gone(Path root) throws IOException {
        return list(root, GONE + "*");
    }

    static Path moveAway(Path files) throws IOException {
        return Files.move(files, files.resolveSibling(GONE + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(List<Path> gone) throws IOException {
        for (Path path : gone) {
            FileTree.delete(path);
        }
    }

    /** Removes dead leases of a scope, and the parts and marks of use that name a lease which is not there. */
    static void tidy(Path files) throws IOException {
        Set<String> live = new HashSet<>();
        for (Path lease : ScratchLease.list(files)) {
            if (ScratchLease.isAlive(lease)) {
                live.add(ScratchLease.id(lease));
            } else {
                Files.deleteIfExists(lease);
            }
        }
        for (Path use : list(files, ScratchFolder.USE + "*")) {
            if (!live.contains(use.getFileName().toString().substring(ScratchFolder.USE.length()))) {
                FileTree.delete(use);
            }
        }
        for (Path part : list(files, PartName.GLOB)) {
            if (!live.contains(PartName.lease(part.getFileName().toString()))) {
                FileTree.delete(part);
            }
        }
    }

    static boolean isEmptyFolder(Path folder) throws IOException {
        FileAttributes inode = FileAttributes.readIfExists(folder);
        return inode != null && inode.isPrivateFolder() && list(folder, "*").isEmpty();
    }

    /** Whether only the lock file is left. */
    static boolean isEmpty(Path root) throws IOException {
        List<Path> rest = list(root, "*");
        return rest.size() == 1 && rest.get(0).endsWith(ScratchFolder.LOCK);
    }
}
