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

/**
 * Walks a folder on a local disk and all folders under it. Links to folders are followed. Each real folder is entered
 * once, under its path without links. Cycles of links therefore end, and tasks that walk parts of one tree find the
 * same URIs. A folder inside the tree is never entered through a link. One thread.
 */
final class LocalTree {
    private final Path base;
    private final Path realBase;
    private final Path realTop;
    private final NamePattern pattern;
    private final LocalListing listing;
    private final Set<Path> entered = new HashSet<>();

    /**
     * @param base the folder that the user named; paths under it keep that name, even if it is a link
     * @param top the top folder of the tree
     */
    LocalTree(Path base, Path top, NamePattern pattern, Consumer<ArchiveRef> found) throws IOException {
        this.base = base;
        this.realBase = base.toRealPath();
        this.realTop = top.toRealPath();
        this.pattern = pattern;
        this.listing = new LocalListing(pattern, found);
    }

    /** The top folder, under its path without links. */
    Path top() {
        return named(realTop);
    }

    private Path named(Path real) {
        return real.startsWith(realBase) ? base.resolve(realBase.relativize(real)) : real;
    }

    /** The subfolders of the top that tasks can walk separately. {@link #walkTop} walks the other ones. */
    List<Path> children() throws IOException {
        List<Path> children = new ArrayList<>();
        LocalListing folders = new LocalListing(NamePattern.NONE, archive -> {});
        for (LocalListing.Subfolder sub : folders.list(top(), name -> isEntered(name) && !isLeftToWalkTop(name))) {
            Path real = real(sub, realTop);
            if (!sub.isLink()) {
                children.add(sub.path());
            } else if (!isInside(real) && entered.add(real)) {
                children.add(named(real));
            }
        }
        return children;
    }

    /**
     * A name that looks like an archive is left to the walk that looks up the archives, so it is looked up only once.
     */
    private boolean isLeftToWalkTop(String name) {
        return pattern.takes(name) && name.indexOf('.') > 0;
    }

    private static boolean isEntered(String name) {
        return !NamePattern.isHidden(name);
    }

    /** Lists the files of the top, and walks the subfolders that {@link #children} leaves out. */
    void walkTop() throws IOException {
        walkReal(top(), realTop, this::isLeftToWalkTop);
    }

    /** Lists the files of a folder of the tree, and of all folders under it. */
    void walk(Path folder) throws IOException {
        Path real = folder.toRealPath();
        entered.add(real);
        walkReal(folder, real, LocalTree::isEntered);
    }

    private void walkReal(Path folder, Path real, Predicate<String> enters) throws IOException {
        boolean inside = isInside(real);
        for (LocalListing.Subfolder sub : listing.list(folder, enters)) {
            if (!enters.test(sub.name())) {
                continue;
            }
            Path under = real(sub, real);
            if (inside && !sub.isLink()) {
                walkReal(sub.path(), under, LocalTree::isEntered);
            } else if (!isInside(under) && entered.add(under)) {
                walkReal(named(under), under, LocalTree::isEntered);
            }
        }
    }

    private static Path real(LocalListing.Subfolder sub, Path folder) throws IOException {
        return sub.isLink()
                ? sub.path().toRealPath()
                : folder.resolve(sub.path().getFileName());
    }

    /** Whether a walk reaches this folder without following a link. */
    private boolean isInside(Path real) {
        if (!real.startsWith(realTop)) {
            return false;
        }
        for (int i = realTop.getNameCount(); i < real.getNameCount(); i++) {
            if (NamePattern.isHidden(real.getName(i).toString())) {
                return false;
            }
        }
        return true;
    }
}
