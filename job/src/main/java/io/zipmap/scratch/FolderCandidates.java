package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.IoFunction;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folders that have room for one new file, tried in turn until one of them takes it. Not thread-safe. */
final class FolderCandidates {
    private final long bytes;
    private final List<ScratchFolder> folders = new ArrayList<>();
    /** Why each other folder did not take the file. */
    private final List<String> refusals = new ArrayList<>();

    private boolean anyFull;

    private FolderCandidates(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Sorts the folders that have {@code bytes} free. File names are spread over folders in proportion to their free
     * bytes (weighted rendezvous hashing); folders that have failed come last.
     */
    static FolderCandidates of(FolderSet all, String name, long bytes) {
        FolderCandidates candidates = new FolderCandidates(bytes);
        boolean several = all.all().size() > 1;
        Map<ScratchFolder, Double> scores = new HashMap<>();
        for (ScratchFolder folder : all.all()) {
            try {
                long free = folder.freeBytes();
                if (free >= bytes) {
                    if (several) {
                        scores.put(folder, Math.log(StableHash.unitInterval(name + folder)) / free);
                    }
                    candidates.folders.add(folder);
                } else {
                    candidates.anyFull = true;
                    candidates.refusals.add(folder + " has " + free + " bytes free");
                }
            } catch (IOException e) {
                candidates.refusals.add(folder + " fails with " + e.getMessage());
            }
        }
        if (several) {
            candidates.folders.sort(Comparator.comparing(ScratchFolder::isFailing)
                    .thenComparing(scores::get, Comparator.reverseOrder()));
        }
        return candidates;
    }

    /**
     * Calls {@code work} with one folder after another, until it throws no {@link DiskException}.
     *
     * @throws ZipmapException {@code SCRATCH_FULL} or {@code SCRATCH_UNUSABLE} if no folder is left
     * @throws IOException any other exception of {@code work}
     */
    <R> R tryEach(IoFunction<ScratchFolder, R> work) throws IOException {
        for (ScratchFolder folder : folders) {
            try {
                return work.apply(folder);
            } catch (DiskException e) {
                folder.markFailing();
                refusals.add(folder + " fails with " + e.getMessage() + freeBytes(folder, e.isDiskFull()));
            }
        }
        throw noFolderLeft();
    }

    /** A disk may have bytes free and no inodes. */
    private String freeBytes(ScratchFolder folder, boolean saysFull) {
        try {
            long free = folder.freeBytes();
            anyFull |= saysFull || free < bytes;
            return " (" + free + " bytes free" + (saysFull && free >= bytes ? ", inodes or quota used up)" : ")");
        } catch (IOException e) {
            anyFull |= saysFull;
            return "";
        }
    }

    private ZipmapException noFolderLeft() {
        Condition condition = anyFull ? Condition.SCRATCH_FULL : Condition.SCRATCH_UNUSABLE;
        return new ZipmapException(
                        condition, "Cannot put " + bytes + " bytes into scratch: " + String.join(", ", refusals))
                .expected("a folder with " + bytes + " bytes free")
                .advice("Free some space, or name other folders with " + OptionSpelling.mention("scratch") + ".");
    }
}
