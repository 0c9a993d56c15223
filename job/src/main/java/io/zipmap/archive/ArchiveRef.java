package io.zipmap.archive;

import io.zipmap.PlainPath;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one generation of one archive. A file rewritten under the same URI is another generation. The file system
 * gives length and version. The content digest is computed from the archive's own directory and is empty until someone
 * has read that. Copies of an archive on several nodes are the same generation, so properties of a single file, such as
 * its inode, are not part of the identity. Immutable.
 */
public final class ArchiveRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern TIME = Pattern.compile("-?[0-9]+");
    private static final String DIGEST_MARK = "#";
    private static final Pattern GENERATION =
            Pattern.compile("(.*)#([0-9a-f]{" + ZipDirectoryDigest.DIGITS + "})", Pattern.DOTALL);
    private static final long UNKNOWN_LENGTH = -1;

    private final String uri;
    private final long length;
    private final String version;
    private final String contentDigest;

    /**
     * An archive that has not been opened yet, so its content digest is not known.
     *
     * @param length in bytes
     * @param version the ETag if the file system has one, otherwise the modification time in milliseconds
     */
    public ArchiveRef(String uri, long length, String version) {
        this(uri, length, version, "");
    }

    private ArchiveRef(String uri, long length, String version, String contentDigest) {
        this.uri = uri;
        this.length = length;
        this.version = version;
        this.contentDigest = contentDigest;
    }

    /** An archive whose length and version a listing could not read. Opening it reports why. */
    public static ArchiveRef ofUnknownLength(String uri) {
        return new ArchiveRef(uri, UNKNOWN_LENGTH, "");
    }

    /** @param digest as {@link #contentDigest} gives it; empty if not known */
    public ArchiveRef withContentDigest(String digest) {
        return new ArchiveRef(uri, length, version, digest);
    }

    public String uri() {
        return uri;
    }

    /** The path as people write it, for messages. */
    public String plainPath() {
        return PlainPath.of(uri);
    }

    public long length() {
        return length;
    }

    public String version() {
        return version;
    }

    public boolean hasKnownLength() {
        return length >= 0;
    }

    /**
     * Digest of the archive's directory, including the CRC-32 of every entry. It reveals a file that was replaced by
     * another of the same length and time. Empty if the directory has not been read.
     */
    public String contentDigest() {
        return contentDigest;
    }

    /** Whether the version is only a modification time, so a replaced file may have the same version. */
    public boolean isVersionedByTime() {
        return TIME.matcher(version).matches();
    }

    /** Version and content digest as one text, the form used in the tables of a run. */
    public String generation() {
        return contentDigest.isEmpty() ? version : version + DIGEST_MARK + contentDigest;
    }

    /** Parses the text that {@link #generation} returned. */
    public static ArchiveRef ofGeneration(String uri, long length, String generation) {
        Matcher parts = GENERATION.matcher(generation);
        return parts.matches()
                ? new ArchiveRef(uri, length, parts.group(1), parts.group(2))
                : new ArchiveRef(uri, length, generation);
    }

    /** Whether URI, length and version are equal. Ignores {@link #contentDigest}. */
    public boolean isSameFile(ArchiveRef other) {
        return uri.equals(other.uri) && length == other.length && version.equals(other.version);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveRef
                && isSameFile((ArchiveRef) other)
                && contentDigest.equals(((ArchiveRef) other).contentDigest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, length, version, contentDigest);
    }

    @Override
    public String toString() {
        return plainPath() + " (" + length + " bytes, version " + generation() + ")";
    }
}
