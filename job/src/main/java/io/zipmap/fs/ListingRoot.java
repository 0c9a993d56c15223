package io.zipmap.fs;

import java.io.Serializable;

/** A folder to list, or a single file: the unit of listing work that the driver finds for an input. Immutable. */
public final class ListingRoot implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How deep a folder is listed. */
    enum Depth {
        /** The matching files, and those of the partition folders ({@code date=2024-01-01}) under it. */
        FOLDER,
        /** The matching files, and the archives that the matching subfolders stand for. */
        GLOB,
        /** The matching files. */
        FILES,
        /** The matching files of the folder and of all folders under it. */
        TREE
    }

    /** How much of a folder the root means. */
    enum Share {
        WHOLE,
        /** All but the subfolders that are roots of their own. */
        REST,
        /** One subfolder. */
        PART
    }

    private final String input;
    private final String uri;
    private final String pattern;
    private final Depth depth;
    private final Share share;
    private final String top;
    private final String base;

    private ListingRoot(String input, String uri, String pattern, Depth depth, Share share, String top, String base) {
        this.input = input;
        this.uri = uri;
        this.pattern = pattern;
        this.depth = depth;
        this.share = share;
        this.top = top;
        this.base = base;
    }

    static ListingRoot file(String input, String uri) {
        return new ListingRoot(input, uri, "", Depth.FILES, Share.WHOLE, uri, uri);
    }

    /** @param pattern of the files that a folder stands for */
    static ListingRoot folder(String input, String uri, String pattern) {
        return new ListingRoot(input, uri, pattern, Depth.FOLDER, Share.WHOLE, uri, uri);
    }

    static ListingRoot glob(String input, String uri, String pattern) {
        return new ListingRoot(input, uri, pattern, Depth.GLOB, Share.WHOLE, uri, uri);
    }

    /** This folder without its {@link #part}s. */
    ListingRoot rest() {
        return new ListingRoot(input, uri, pattern, depth, Share.REST, uri, uri);
    }

    /** A subfolder of this folder, which tasks list separately. Its {@link #top} is this folder. */
    ListingRoot part(String subfolder) {
        return new ListingRoot(input, subfolder, pattern, depth, Share.PART, uri, uri);
    }

    /**
     * A folder of a recursive glob.
     *
     * @param top the top folder of its tree
     * @param base the folder that the user named, which contains all tops
     */
    static ListingRoot tree(String input, String uri, String pattern, Depth depth, String top, String base) {
        return new ListingRoot(input, uri, pattern, depth, Share.WHOLE, top, base);
    }

    /** The input as the user gave it. */
    public String input() {
        return input;
    }

    /** The URI of the folder, or of the file. */
    public String uri() {
        return uri;
    }

    /** Whether the user named a folder without a glob. */
    public boolean isPlainFolder() {
        return depth == Depth.FOLDER;
    }

    boolean isFile() {
        return pattern.isEmpty();
    }

    /** The glob of the file names in the folder; empty for a single file. */
    String pattern() {
        return pattern;
    }

    Depth depth() {
        return depth;
    }

    Share share() {
        return share;
    }

    String top() {
        return top;
    }

    String base() {
        return base;
    }
}
