package io.zipmap;

import java.net.URI;

/**
 * Shows the URI of a file as people write it: a local file as its path, and a remote one without percent escapes. A
 * command takes this text as an input. For people only: programs keep the URI.
 */
public final class PlainPath {
    private static final String LOCAL = "file";
    /** Stands for bytes that are not UTF-8. Only the URI tells them apart. */
    private static final char LOST = '\uFFFD';

    private PlainPath() {}

    /** @return {@code uri} itself if it is no URI of a file, or if its name is not UTF-8 */
    public static String of(String uri) {
        URI parsed;
        try {
            parsed = URI.create(uri);
        } catch (IllegalArgumentException e) {
            return uri;
        }
        String path = parsed.getPath();
        boolean plain = parsed.getScheme() != null
                && path != null
                && path.indexOf(LOST) < 0
                && parsed.getRawQuery() == null
                && parsed.getRawFragment() == null;
        if (!plain) {
            return uri;
        }
        return LOCAL.equals(parsed.getScheme()) && parsed.getRawAuthority() == null
                ? path
                : uri.substring(0, uri.length() - parsed.getRawPath().length()) + path;
    }
}
