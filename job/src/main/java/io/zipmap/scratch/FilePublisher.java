package io.zipmap.scratch;

import java.io.IOException;

/**
 * Writes new files and publishes them: a file gets its name when all its bytes are written. If a disk fails, the file
 * is written to another folder. Thread-safe.
 */
final class FilePublisher {
    private final FolderSet folders;
    private final FilePins pins;
    private final VerifiedFiles verified;
    private final ScratchBudget budget;
    private final boolean keep;

    FilePublisher(FolderSet folders, FilePins pins, VerifiedFiles verified, ScratchBudget budget, boolean keep) {
        this.folders = folders;
        this.pins = pins;
        this.verified = verified;
        this.budget = budget;
        this.keep = keep;
    }

    /** Returns the new file, pinned. Throws what {@link Scratch#obtain} throws. */
    ScratchFile publish(FileExpectation expected, ContentWriter writer) throws IOException {
        return FolderCandidates.of(folders, expected.name(), expected.bytes())
                .tryEach(folder -> publishIn(folder, expected, writer));
    }

    private ScratchFile publishIn(ScratchFolder folder, FileExpectation expected, ContentWriter writer)
            throws IOException {
        ScratchFile file = pins.pinNew(folder, expected.name());
        boolean published = false;
        try {
            PartFile part = budget.reserve(
                    expected.bytes(),
                    !expected.isOptional(),
                    () -> folder.createPart(expected.name(), expected.bytes()));
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
                    budget.release(expected.bytes());
                }
            }
        } finally {
            if (!published) {
                file.close();
            }
        }
    }
}
