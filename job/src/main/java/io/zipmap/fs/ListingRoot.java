package io.zipmap.fs;

import java.io.Serializable;

/** One folder to list, or one file: what the driver finds of an input without listing any archive. Immutable. */
public final class ListingRoot implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is taken of a folder. */
    enum Depth {
        /** The files that match, and the archives in the folders that match. */
        GLOB,
        /** The files that match. */
        FILES,
        /** The files that match, and those of all folders under it. */
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

    static ListingRoot folder(String input, String uri, String pattern) {
        return new ListingRoot(input, uri, pattern, Depth.GLOB, uri, uri);
    }

    /**
     * A folder of a tree.
     *
     * @param top of the tree
     * @param base what the user named, in which all tops lie
     */
    static ListingRoot tree(String input, String uri, String pattern, Depth depth, String top, String base) {
        return new ListingRoot(input, uri, pattern, depth, top, base);
    }

    /** The words of the user that led here. */
    public String input() {
        return input;
    }

    /** The folder that is listed, or the file. */
    public String uri() {
        return uri;
    }

    /** Whether it is a folder of which the user did not say what to take. */
    public boolean isPlainFolder() {
        return pattern.equals(NamePattern.ARCHIVES) && depth == Depth.GLOB;
    }

    boolean isFile() {
        return pattern.isEmpty();
    }

    /** Glob over the names in the folder; empty when the URI is a file. */
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
