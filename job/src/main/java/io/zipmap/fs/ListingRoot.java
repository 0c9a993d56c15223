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

    private final String input;
    private final String uri;
    private final String pattern;
    private final Depth depth;
    private final String top;
    private final String base;

    private ListingRoot(String input, String uri, String pattern, Depth depth, String top, String base) {
        this.input = input;
        this.uri = uri;
        this.pattern = pattern;
        this.depth = depth;
        this.top = top;
        this.base = base;
    }

    static ListingRoot file(String input, String uri) {
        return new ListingRoot(input, uri, "", Depth.FILES, uri, uri);
    }

    /** @param pattern of the files that a folder stands for */
    static ListingRoot folder(String input, String uri, String pattern) {
        return new ListingRoot(input, uri, pattern, Depth.FOLDER, uri, uri);
    }

    static ListingRoot glob(String input, String uri, String pattern) {
        return new ListingRoot(input, uri, pattern, Depth.GLOB, uri, uri);
    }

    /**
     * A folder of a recursive glob.
     *
     * @param top the top folder of its tree
     * @param base the folder that the user named, which contains all tops
     */
    static ListingRoot tree(String input, String uri, String pattern, Depth depth, String top, String base) {
        return new ListingRoot(input, uri, pattern, depth, top, base);
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

    String top() {
        return top;
    }

    String base() {
        return base;
    }
}
