package io.zipmap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets out of URIs, since these go into tables, records and logs. */
public final class Credentials {
    /**
     * {@code scheme://name:secret@}. A secret may hold a slash, so that the {@code @} may stand after one; but a number after
     * the colon, up to a slash, is a port. {@code name@} alone tells no secret: some file systems need it.
     */
    private static final Pattern SECRET =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?![^/@:]*:\\d*/)[^/@:]*:[^@]*@");

    private Credentials() {}

    /**
     * Looks for a name with a password, or a key with a secret, in what may be a URI; also in what stands around one.
     *
     * @throws ZipmapException {@code CREDENTIALS_IN_URI}; its message does not repeat them
     */
    public static void refuse(String input) throws ZipmapException {
        Matcher matcher = SECRET.matcher(input);
        if (matcher.find()) {
            throw new ZipmapException(
                            Condition.CREDENTIALS_IN_URI,
                            "Cannot take a URI that holds credentials: " + matcher.group(1) + "://…@…")
                    .advice("Leave them out of the URI, and configure them for its file system.");
        }
    }
}
