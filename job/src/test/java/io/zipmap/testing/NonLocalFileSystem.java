package io.zipmap.testing;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system under another scheme, which zipmap therefore treats as a remote file system of Hadoop. */
public final class NonLocalFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "far";
    /** Configuration key that must have the name of this class. */
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
