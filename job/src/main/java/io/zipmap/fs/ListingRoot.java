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

    ListingRoot(String input, String uri, String pattern) {
        this(input, uri, pattern, Depth.GLOB);
    }

    ListingRoot(String input, String uri, String pattern, Depth depth) {
        this.input = input;
        this.uri = uri;
        this.pattern = pattern;
        this.depth = depth;
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
        return pattern.equals(Inputs.ARCHIVES);
    }

    /** Glob over the names in the folder; empty when the URI is a file. */
    String pattern() {
        return pattern;
    }

    Depth depth() {
        return depth;
    }
}
