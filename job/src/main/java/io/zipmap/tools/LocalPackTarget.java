package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A {@link PackTarget} on a local disk. A symbolic link is kept, and the file that it points to is replaced. */
final class LocalPackTarget extends PackTarget {
    private static final String UID = "unix:uid";
    private static final String GID = "unix:gid";
    private static final String MODE = "unix:mode";
    private static final int PERMISSIONS = 07777;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final boolean replace;
    private final Path target;
    private final Path part;

    LocalPackTarget(Path target, boolean replace) throws IOException {
        this.replace = replace;
        this.target = replace ? resolveLinks(target) : target;
        this.part = this.target.resolveSibling(partName());
    }

    /** The file that a symbolic link points to. */
    private static Path resolveLinks(Path target) throws IOException {
        try {
            return target.toRealPath();
        } catch (FileSystemException e) {
            throw new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the file to replace: " + target)
                    .actual(e.toString())
                    .because(e);
        }
    }

    @Override
    String uri() {
        return target.toUri().toString();
    }

    @Override
    void requireReplaceable() throws IOException {
        int names = (Integer) attribute("unix:nlink");
        if (names > 1) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE, "Cannot replace a file that other hard links share: " + target)
                    .expected("one name")
                    .actual(names + " names")
                    .advice("Give --output: the other names would keep the old bytes, and the disk would store both.");
        }
    }

    private Object attribute(String name) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(target, name);
        return Objects.requireNonNull(attributes.get(name.substring(name.indexOf(':') + 1)), name);
    }

    @Override
    OutputStream create() throws IOException {
        if (!replace) {
            Files.createDirectories(target.getParent());
        }
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Only the owner may read the file until it has the mode of the archive.
        FileChannel channel = replace ? FileChannel.open(part, options, PRIVATE) : FileChannel.open(part, options);
        return new BufferedOutputStream(new Synced(channel), BUFFER_BYTES);
    }

    @Override
    boolean publish() throws IOException {
        try {
            Files.move(part, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    void replace() throws IOException {
        keep(UID, attribute(UID), "owner");
        keep(GID, attribute(GID), "group");
        int mode = (Integer) attribute(MODE) & PERMISSIONS;
        Files.setAttribute(part, MODE, mode);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the hidden file an attribute of the archive. */
    private void keep(String name, Object value, String word) throws IOException {
        if (Files.getAttribute(part, name).equals(value)) {
            return;
        }
        try {
            Files.setAttribute(part, name, value, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot keep the " + word + " of the file: " + target)
                    .expected(word + " " + value)
                    .actual(String.valueOf(e.getMessage()))
                    .advice("Pack as the " + word + " of the file, or give --output.")
                    .because(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
    }

    /** Writes all bytes to the disk before it closes the file, so that a rename survives a power cut only with them. */
    private static final class Synced extends FilterOutputStream {
        private final FileChannel channel;

        Synced(FileChannel channel) {
            super(Channels.newOutputStream(channel));
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.force(true);
            }
            super.close();
        }
    }
}
