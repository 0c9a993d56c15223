package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A count of all files of one scope on this node, made under the budget lock. */
final class ScratchUsage {
    private final List<StoredFile> completeFiles = new ArrayList<>();
    private long bytes;

    /** A complete file, and its attributes when it was counted. */
    record StoredFile(ScratchFolder folder, Path path, FileAttributes attributes) {
        String name() {
            return path.getFileName().toString();
        }
    }

    private ScratchUsage() {}

    /**
     * Removes the remains of dead processes, and counts the files of all folders.
     *
     * @param locked the folder whose lock the caller holds
     */
    static ScratchUsage count(ScratchFolder locked, List<ScratchFolder> folders) throws IOException {
        ScratchUsage usage = new ScratchUsage();
        for (ScratchFolder folder : folders) {
            try {
                if (folder == locked) {
                    ScratchSweep.removeRemains(folder.files());
                } else {
                    folder.removeRemains();
                }
                for (Path file : FileTree.list(folder.files(), FolderLayout.FILES_GLOB)) {
                    usage.add(folder, file);
                }
            } catch (IOException e) {
                // Files on a disk that cannot even list them can be neither used nor removed.
                folder.markFailing();
            }
        }
        return usage;
    }

    private void add(ScratchFolder folder, Path file) throws IOException {
        String name = file.getFileName().toString();
        FileAttributes attributes = FileAttributes.readIfExists(file);
        if (PartName.isPart(name)) {
            bytes += PartName.bytes(name);
        } else if (attributes != null && attributes.isFile()) {
            bytes += attributes.size();
            completeFiles.add(new StoredFile(folder, file, attributes));
        }
    }

    /** The bytes of all complete files, plus the bytes that the parts will have when they are complete. */
    long bytes() {
        return bytes;
    }

    List<StoredFile> completeFiles() {
        return completeFiles;
    }
}
