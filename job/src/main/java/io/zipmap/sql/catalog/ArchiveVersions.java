package io.zipmap.sql.catalog;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Digests of the archives of one listing and their versions, 8 bytes an archive, to be compared with the next listing.
 * Immutable.
 */
final class ArchiveVersions implements Serializable {
    private static final long serialVersionUID = 1L;

    static final ArchiveVersions NONE = new ArchiveVersions(new long[0]);

    private final long[] digests;

    private ArchiveVersions(long[] digests) {
        this.digests = digests;
        Arrays.sort(digests);
    }

    /** @param local finds the file of an archive on a disk of this node */
    static ArchiveVersions of(List<ArchiveRef> archives, LocalFiles local) {
        MessageDigest sha256 = sha256();
        long[] digests = new long[archives.size()];
        for (int i = 0; i < digests.length; i++) {
            digests[i] = digest(sha256, archives.get(i), local);
        }
        return new ArchiveVersions(digests);
    }

    static ArchiveVersions concat(List<ArchiveVersions> parts) {
        List<long[]> all = new ArrayList<>();
        parts.forEach(part -> all.add(part.digests));
        return new ArchiveVersions(all.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** Finds the file of an archive; empty if it is on no disk of this node. */
    @FunctionalInterface
    interface LocalFiles {
        Optional<Path> find(String uri);
    }

    /** Whether the listing had this archive in the same version. */
    boolean has(ArchiveRef archive, LocalFiles local) {
        return Arrays.binarySearch(digests, digest(sha256(), archive, local)) >= 0;
    }

    int size() {
        return digests.length;
    }

    /**
     * Includes the inode and change time of a file of this node, because a replaced file may have the same length and
     * modification time.
     */
    private static long digest(MessageDigest sha256, ArchiveRef archive, LocalFiles local) {
        String text = archive.uri()
                + '\0'
                + archive.length()
                + '\0'
                + archive.version()
                + local.find(archive.uri())
                        .map(ArchiveVersions::inodeAndChangeTime)
                        .orElse("");
        return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inodeAndChangeTime(Path file) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,ctime");
            FileTime changed = (FileTime) Objects.requireNonNull(attributes.get("ctime"));
            return "\0" + attributes.get("ino") + '\0' + changed.to(TimeUnit.NANOSECONDS);
        } catch (IOException | UnsupportedOperationException e) {
            // Opening the file reports the error.
            return "";
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveVersions && Arrays.equals(digests, ((ArchiveVersions) other).digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }
}
