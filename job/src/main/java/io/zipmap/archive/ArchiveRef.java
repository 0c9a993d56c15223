package io.zipmap.archive;

import java.io.Serializable;
import java.util.Objects;

/** Names one generation of one archive: a file that is written again under the same URI is another archive. */
public final class ArchiveRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String uri;
    private final long length;
    private final String version;

    /**
     * @param length in bytes
     * @param version the ETag where the file system has one, else the modification time in milliseconds
     */
    public ArchiveRef(String uri, long length, String version) {
        this.uri = uri;
        this.length = length;
        this.version = version;
    }

    public String uri() {
        return uri;
    }

    public long length() {
        return length;
    }

    public String version() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveRef
                && uri.equals(((ArchiveRef) other).uri)
                && length == ((ArchiveRef) other).length
                && version.equals(((ArchiveRef) other).version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, length, version);
    }

    @Override
    public String toString() {
        return uri + " (" + length + " bytes, version " + version + ")";
    }
}
