package io.zipmap.testing;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under another scheme: to zipmap, a file system that only Hadoop knows. */
public final class NonLocalFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "far";
    /** Set this to the name of this class. */
    public static final String KEY = "fs.far.impl";

    private static final URI HERE = URI.create(SCHEME + ":///");

    @Override
    public URI getUri() {
        return HERE;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }
}
