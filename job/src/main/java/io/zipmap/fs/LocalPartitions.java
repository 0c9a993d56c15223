package io.zipmap.fs;

import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks folders on a local disk, the partition folders in them, and all folders in those. A link to a folder that the
 * walk reaches without a link is not followed, so its archives are listed once. Another link is followed under its own
 * name, which states the value of the partition, unless it leads back to a folder on the way down to it. Cycles of
 * links therefore end. One thread.
 */
final class LocalPartitions {
    private final IoSupplier<List<Path>> tops;
    private final LocalListing listing;
    private @Nullable Set<Path> realTops;

    /** @param tops the folders that the user named, of which walks of other tasks may enter some */
    LocalPartitions(IoSupplier<List<Path>> tops, NamePattern pattern, Consumer<ArchiveRef> found) {
        this.tops = tops;
        this.listing = new LocalListing(pattern, found);
    }

    /** The names of the subfolders of a top folder to walk. */
    static Predicate<String> entered(Path top) {
        return NamePattern.isPartition(LocalUri.nameOf(top)) ? LocalPartitions::isEntered : NamePattern::isPartition;
    }

    /**
     * Lists the files of a top folder, which is entered also if it is a link, and of its partition folders.
     *
     * @param has whether this walk enters a subfolder of the top folder
     */
    void walk(Path top, Predicate<LocalListing.Subfolder> has) throws IOException {
        Predicate<String> enters = entered(top);
        for (LocalListing.Subfolder sub : listing.list(top, enters)) {
            if (enters.test(sub.name()) && has.test(sub)) {
                enter(top, sub, List.of());
            }
        }
    }

    /**
     * Lists the files of a folder in a partition folder, or of a partition folder, and of all folders in it.
     *
     * @param folder reached from a top folder without a link
     */
    void walkPartition(Path folder) throws IOException {
        walkPartition(folder, List.of());
    }

    /** @param left the real folders whose links lead here */
    private void walkPartition(Path folder, List<Path> left) throws IOException {
        for (LocalListing.Subfolder sub : listing.list(folder, LocalPartitions::isEntered)) {
            if (isEntered(sub.name())) {
                enter(folder, sub, left);
            }
        }
    }

    private void enter(Path folder, LocalListing.Subfolder sub, List<Path> left) throws IOException {
        if (!sub.isLink()) {
            walkPartition(sub.path(), left);
            return;
        }
        Path target = sub.path().toRealPath();
        List<Path> way = new ArrayList<>(left);
        way.add(folder.toRealPath());
        if (!isReached(target) && way.stream().noneMatch(one -> one.startsWith(target))) {
            walkPartition(sub.path(), way);
        }
    }

    /** Whether a folder in a partition folder is walked. */
    private static boolean isEntered(String name) {
        return !NamePattern.isHidden(name);
    }

    /** Whether the walk reaches this folder without following a link below a top folder. */
    private boolean isReached(Path real) throws IOException {
        Set<Path> all = realTops();
        boolean inPartition = true;
        for (Path one = real; one != null; one = one.getParent()) {
            if (all.contains(one)) {
                return inPartition || NamePattern.isPartition(LocalUri.nameOf(one));
            }
            if (one.getFileName() == null || !isEntered(LocalUri.nameOf(one))) {
                return false;
            }
            inPartition = NamePattern.isPartition(LocalUri.nameOf(one));
        }
        return false;
    }

    /** Looked up at the first link only: most trees have none. */
    private Set<Path> realTops() throws IOException {
        Set<Path> all = realTops;
        if (all == null) {
            all = new HashSet<>();
            for (Path top : tops.get()) {
                all.add(top.toRealPath());
            }
            realTops = all;
        }
        return all;
    }
}
