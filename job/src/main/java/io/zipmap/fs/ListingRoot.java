package io.zipmap.fs;

import java.io.Serializable;

/** One folder to list, or one file: what the driver finds of an input without listing any archive. Immutable. */
public final class ListingRoot implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String input;
    private final String uri;
    private final String pattern;

    ListingRoot(String input, String uri, String pattern) {
        this.input = input;
        this.uri = uri;
        this.pattern = pattern;
    }

    /** The words of the user that led here. */
    public String input() {
        return input;
    }

    String uri() {
        return uri;
    }

    /** Glob over the names in the folder; empty when the URI is a file. */
    String pattern() {
        return pattern;
    }
}
