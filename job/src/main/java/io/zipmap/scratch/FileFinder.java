package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds expected files in the scratch folders, and verifies them. Thread-safe. */
final class FileFinder {
    private final FolderSet folders;
    private final FilePins pins;
    private final VerifiedFiles verified;
    private final ScratchBudget budget;

    FileFinder(FolderSet folders, FilePins pins, VerifiedFiles verified, ScratchBudget budget) {
        this.folders = folders;
        this.pins = pins;
        this.verified = verified;
        this.budget = budget;
    }

    /**
     * Returns the expected file, pinned; null if no folder has it.
     *
     * @throws io.zipmap.ZipmapException {@code SCRATCH_UNSAFE} if a file of another user has the name
     */
    @Nullable
    ScratchFile find(FileExpectation expected) throws IOException {
        return search(expected, false);
    }

    /** Does the same as {@link #find}, and removes each file of this name that does not meet the expectation. */
    @Nullable
    ScratchFile findOrRemove(FileExpectation expected) throws IOException {
        return search(expected, true);
    }

    private @Nullable ScratchFile search(FileExpectation expected, boolean removeOthers) throws IOException {
        for (ScratchFolder folder : folders.all()) {
            Path path = folder.path(expected.name());
            FileAttributes attributes = folder.attributesIfExists(expected.name());
            if (attributes == null) {
                continue;
            }
            if (!attributes.isOwnedByUser() && !expected.replacesForeign()) {
                throw FileAttributes.unsafe(path, "a file of this user", attributes);
            }
            if (!expected.isMetBy(path, attributes, verified)) {
                if (removeOthers) {
                    remove(folder, path, attributes);
                }
                continue;
            }
            ScratchFile file = pins.pinFound(folder, expected.name());
            if (FileAttributes.readIfExists(path) != null) {
                pins.recordUse(path);
                return file;
            }
            // Another process removed it before the pin was set.
            file.close();
        }
        return null;
    }

    private void remove(ScratchFolder folder, Path path, FileAttributes attributes) throws IOException {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            // The new file replaces it, or is written to another folder if this disk takes no change.
            folder.markFailing();
            return;
        }
        budget.release(attributes.isFile() ? attributes.size() : 0);
    }
}
