package io.zipmap.sql.catalog;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which archives a listing found, in which versions: eight bytes for each, so that the next listing can be held against
 * it. Immutable.
 */
final class ArchiveVersions implements Serializable {
    private static final long serialVersionUID = 1L;

    static final ArchiveVersions NONE = new ArchiveVersions(new long[0]);

    private final long[] marks;

    private ArchiveVersions(long[] marks) {
        this.marks = marks;
        Arrays.sort(marks);
    }

    /** @param local where an archive lies, if that is a disk of this node */
    static ArchiveVersions of(List<ArchiveRef> archives, Place local) {
        return new ArchiveVersions(
                archives.stream().mapToLong(archive -> mark(archive, local)).toArray());
    }

    static ArchiveVersions all(List<ArchiveVersions> parts) {
        List<long[]> all = new ArrayList<>();
        parts.forEach(part -> all.add(part.marks));
        return new ArchiveVersions(all.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** Where an archive lies, if that is a disk of this node. */
    @FunctionalInterface
    interface Place {
        Optional<Path> local(String uri);
    }

    boolean has(ArchiveRef archive, Place local) {
        return Arrays.binarySearch(marks, mark(archive, local)) >= 0;
    }

    int size() {
        return marks.length;
    }

    /**
     * A file of this node that was replaced under the same time and length is another one by its inode or change time.
     */
    private static long mark(ArchiveRef archive, Place local) {
        String text = archive.uri()
                + '\0'
                + archive.length()
                + '\0'
                + archive.version()
                + local.local(archive.uri()).map(ArchiveVersions::node).orElse("");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String node(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino,ctime").toString();
        } catch (IOException | UnsupportedOperationException e) {
            // Whoever opens it will say what is wrong with it.
            return "";
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveVersions && Arrays.equals(marks, ((ArchiveVersions) other).marks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(marks);
    }
}
