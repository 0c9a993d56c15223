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
 * A folder on a local disk with all that is under it. Links to folders are followed, and each real folder is entered
 * once, under its path without links: so links that lead back end, and tasks that list parts of one tree find the same
 * URIs. A folder that is in the tree anyway is not entered through a link.
 */
final class LocalTree {
    private final Path base;
    private final Path realBase;
    private final Path realTop;
    private final NamePattern pattern;
    private final LocalListing listing;
    private final Set<Path> entered = new HashSet<>();

    /**
     * @param base what the user named: what is under it keeps that name
     * @param top of the tree
     */
    LocalTree(Path base, Path top, NamePattern pattern, Consumer<ArchiveRef> found) throws IOException {
        this.base = base;
        this.realBase = base.toRealPath();
        this.realTop = top.toRealPath();
        this.pattern = pattern;
        this.listing = new LocalListing(pattern, found);
    }

    /** Under its path without links. */
    Path top() {
        return named(realTop);
    }

    private Path named(Path real) {
        return real.startsWith(realBase) ? base.resolve(realBase.relativize(real)) : real;
    }

    /** The folders in the top that can be walked each by itself; the others {@link #walkTop} walks. */
    List<Path> children() throws IOException {
        List<Path> children = new ArrayList<>();
        LocalListing folders = new LocalListing(NamePattern.NONE, archive -> {});
        for (LocalListing.Sub sub : folders.list(top(), name -> isEntered(name) && !isLeft(name))) {
            Path real = real(sub, realTop);
            if (!sub.isLink()) {
                children.add(sub.path());
            } else if (!isInside(real) && entered.add(real)) {
                children.add(named(real));
            }
        }
        return children;
    }

    /** A name that may well be a file's is looked at where the files are: of many files each is looked at once. */
    private boolean isLeft(String name) {
        return pattern.takes(name) && name.indexOf('.') > 0;
    }

    private static boolean isEntered(String name) {
        return !NamePattern.isHidden(name);
    }

    /** Lists what is in the top, and walks what {@link #children} leaves. */
    void walkTop() throws IOException {
        walk(top(), realTop, this::isLeft);
    }

    void walk(Path folder) throws IOException {
        Path real = folder.toRealPath();
        entered.add(real);
        walk(folder, real, LocalTree::isEntered);
    }

    private void walk(Path folder, Path real, Predicate<String> enters) throws IOException {
        boolean inside = isInside(real);
        for (LocalListing.Sub sub : listing.list(folder, enters)) {
            if (!enters.test(sub.name())) {
                continue;
            }
            Path under = real(sub, real);
            if (inside && !sub.isLink()) {
                walk(sub.path(), under, LocalTree::isEntered);
            } else if (!isInside(under) && entered.add(under)) {
                walk(named(under), under, LocalTree::isEntered);
            }
        }
    }

    private static Path real(LocalListing.Sub sub, Path folder) throws IOException {
        return sub.isLink()
                ? sub.path().toRealPath()
                : folder.resolve(sub.path().getFileName());
    }

    /** Whether the tree has this folder without a link. */
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
