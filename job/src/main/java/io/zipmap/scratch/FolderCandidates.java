package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folders in which a file may be put, in the order to try them, and why others were not enough. */
final class FolderCandidates {
    private final long bytes;
    private final List<ScratchFolder> folders = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean full;

    private FolderCandidates(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Folders with room, spread by name in proportion to what they have free (weighted rendezvous hashing); one that
     * has failed before comes last.
     */
    static FolderCandidates of(List<ScratchFolder> all, String name, long bytes) {
        FolderCandidates choice = new FolderCandidates(bytes);
        Map<ScratchFolder, Double> scores = new HashMap<>();
        for (ScratchFolder folder : all) {
            try {
                long free = folder.free();
                if (free >= bytes) {
                    scores.put(folder, Math.log(StableHash.unit(name + folder)) / free);
                    choice.folders.add(folder);
                } else {
                    choice.full = true;
                    choice.refusals.add(folder + " has " + free + " bytes free");
                }
            } catch (IOException e) {
                choice.refusals.add(folder + " fails with " + e.getMessage());
            }
        }
        choice.folders.sort(
                Comparator.comparing(ScratchFolder::isSuspect).thenComparing(scores::get, Comparator.reverseOrder()));
        return choice;
    }

    List<ScratchFolder> folders() {
        return folders;
    }

    void failed(ScratchFolder folder, DiskFailure failure) {
        refusals.add(folder + " fails with " + failure.getMessage() + room(folder, failure.isFull()));
    }

    /** A disk may have bytes free and no inodes. */
    private String room(ScratchFolder folder, boolean saysFull) {
        try {
            long free = folder.free();
            full |= saysFull || free < bytes;
            return " (" + free + " bytes free" + (saysFull && free >= bytes ? ", inodes or quota used up)" : ")");
        } catch (IOException e) {
            full |= saysFull;
            return "";
        }
    }

    ZipmapException nothingLeft() {
        Condition condition = full ? Condition.SCRATCH_FULL : Condition.SCRATCH_UNUSABLE;
        return new ZipmapException(
                        condition, "Cannot put " + bytes + " bytes into scratch: " + String.join(", ", refusals))
                .expected("a folder with " + bytes + " bytes free")
                .advice("Free some space, or name other folders with --scratch.");
    }
}
