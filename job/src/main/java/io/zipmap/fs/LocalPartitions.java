package io.zipmap.fs;

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
    private final List<Path> tops;
    private final LocalListing listing;
    private @Nullable Set<Path> realTops;

    /** @param tops the folders that the user named; each is entered, also if it is a link */
    LocalPartitions(List<Path> tops, NamePattern pattern, Consumer<ArchiveRef> found) {
        this.tops = List.copyOf(tops);
        this.listing = new LocalListing(pattern, found);
    }

    /** Lists the files of all folders. */
    void walk() throws IOException {
        for (Path top : tops) {
            boolean isPartition = NamePattern.isPartition(LocalUri.nameOf(top));
            walk(top, isPartition ? LocalPartitions::isEntered : NamePattern::isPartition, List.of());
        }
    }

    /**
     * @param enters the names of the subfolders to walk
     * @param left the real folders whose links lead here
     */
    private void walk(Path folder, Predicate<String> enters, List<Path> left) throws IOException {
        for (LocalListing.Subfolder sub : listing.list(folder, enters)) {
            if (!enters.test(sub.name())) {
                continue;
            }
            if (!sub.isLink()) {
                walk(sub.path(), LocalPartitions::isEntered, left);
                continue;
            }
            Path target = sub.path().toRealPath();
            List<Path> way = new ArrayList<>(left);
            way.add(folder.toRealPath());
            if (!isReached(target) && way.stream().noneMatch(one -> one.startsWith(target))) {
                walk(sub.path(), LocalPartitions::isEntered, way);
            }
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
            for (Path top : tops) {
                all.add(top.toRealPath());
            }
            realTops = all;
        }
        return all;
    }
}
