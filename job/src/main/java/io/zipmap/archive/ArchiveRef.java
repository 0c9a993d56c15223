package io.zipmap.archive;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one generation of one archive: a file that is written again under the same URI is another archive. Length and
 * version are what the file system says. The contents are what the archive's own directory says; only who has read it
 * knows them. Copies of one archive on several nodes are one generation, so nothing of a single file, as its inode, is
 * part of it.
 */
public final class ArchiveRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern TIME = Pattern.compile("-?[0-9]+");
    private static final String CONTENTS = "#";
    private static final Pattern GENERATION =
            Pattern.compile("(.*)#([0-9a-f]{" + ZipDirectoryDigest.DIGITS + "})", Pattern.DOTALL);
    private static final long UNSEEN = -1;

    private final String uri;
    private final long length;
    private final String version;
    private final String contents;

    /**
     * An archive that nobody has opened yet.
     *
     * @param length in bytes
     * @param version the ETag where the file system has one, else the modification time in milliseconds
     */
    public ArchiveRef(String uri, long length, String version) {
        this(uri, length, version, "");
    }

    private ArchiveRef(String uri, long length, String version, String contents) {
        this.uri = uri;
        this.length = length;
        this.version = version;
        this.contents = contents;
    }

    /** What a listing found by its name only, since it cannot be read: opening it says why. */
    public static ArchiveRef unseen(String uri) {
        return new ArchiveRef(uri, UNSEEN, "");
    }

    /** @param contents as {@link #contents}; empty when they are not known */
    public ArchiveRef contents(String found) {
        return new ArchiveRef(uri, length, version, found);
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

    /** Whether it is known how long it is. */
    public boolean isSeen() {
        return length >= 0;
    }

    /**
     * A digest of the archive's directory, with the CRC-32 of every entry: tells a file that was replaced with the same
     * length and time. Empty when nobody has read the directory.
     */
    public String contents() {
        return contents;
    }

    /** Whether the file system gave no more than a time: then a file that was replaced may have the same version. */
    public boolean isTimed() {
        return TIME.matcher(version).matches();
    }

    /** Version and contents as one text, as the tables of a run have it. */
    public String generation() {
        return contents.isEmpty() ? version : version + CONTENTS + contents;
    }

    /** What {@link #generation} was said of. */
    public static ArchiveRef of(String uri, long length, String generation) {
        Matcher parts = GENERATION.matcher(generation);
        return parts.matches()
                ? new ArchiveRef(uri, length, parts.group(1), parts.group(2))
                : new ArchiveRef(uri, length, generation);
    }

    /** Whether the file system sees no difference; what {@link #contents} say is not looked at. */
    public boolean isSameFile(ArchiveRef other) {
        return uri.equals(other.uri) && length == other.length && version.equals(other.version);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveRef
                && isSameFile((ArchiveRef) other)
                && contents.equals(((ArchiveRef) other).contents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, length, version, contents);
    }

    @Override
    public String toString() {
        return uri + " (" + length + " bytes, version " + generation() + ")";
    }
}
