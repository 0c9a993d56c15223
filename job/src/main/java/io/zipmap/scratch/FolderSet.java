package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All scratch folders that this process has open with the same settings, at least one. Owns and closes them. */
final class FolderSet implements AutoCloseable {
    private final List<ScratchFolder> folders;

    private FolderSet(List<ScratchFolder> folders) {
        this.folders = folders;
    }

    /**
     * Opens all usable folders, and deletes what dead processes left in them.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} if a folder holds what another user could have put there,
     *     {@code SCRATCH_UNUSABLE} if no folder is usable
     */
    static FolderSet open(ScratchSettings settings) throws IOException {
        List<ScratchFolder> folders = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        boolean opened = false;
        try {
            for (Path path : realPaths(settings, refusals)) {
                try {
                    folders.add(ScratchFolder.open(path, settings.scope(), settings.patience()));
                } catch (ZipmapException e) {
                    throw e;
                } catch (IOException e) {
                    refusals.add(e.toString());
                }
            }
            if (folders.isEmpty()) {
                throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot use any scratch folder: " + refusals)
                        .advice("Name folders that this user may write with " + OptionSpelling.mention("scratch")
                                + ".");
            }
            folders.forEach(ScratchFolder::deleteRemoved);
            opened = true;
            return new FolderSet(List.copyOf(folders));
        } finally {
            if (!opened) {
                closeAll(folders);
            }
        }
    }

    /** Creates the configured folders. Folders that are links to the same folder count once. */
    private static Set<Path> realPaths(ScratchSettings settings, List<String> refusals) {
        Set<Path> paths = new LinkedHashSet<>();
        for (String folder : settings.folders()) {
            try {
                paths.add(Files.createDirectories(Path.of(folder)).toRealPath());
            } catch (IOException e) {
                refusals.add(e.toString());
            }
        }
        return paths;
    }

    List<ScratchFolder> all() {
        return folders;
    }

    /**
     * The folder whose lock counts for a file name, whichever folder holds the file. All processes of the node compute
     * the same one.
     */
    ScratchFolder lockFolder(String name) {
        return folders.get((int) Long.remainderUnsigned(StableHash.hash(name), folders.size()));
    }

    /** The folder that a file is in; null if it is in none. */
    @Nullable
    ScratchFolder folderOf(Path file) {
        Path parent = file.getParent();
        for (ScratchFolder folder : folders) {
            if (folder.files().equals(parent)) {
                return folder;
            }
        }
        return null;
    }

    /** Whether other processes still see this process as a member of every folder. */
    boolean areVisible() {
        return folders.stream().allMatch(ScratchFolder::isVisible);
    }

    @Override
    public void close() throws IOException {
        closeAll(folders);
    }

    /** Closes every folder, also if another one throws. */
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
