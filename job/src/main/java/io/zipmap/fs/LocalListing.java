package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists folders on local disks, one by one: finds the archives, and tells which folders are in it. A file is looked at
 * once, and a link twice. What matches and cannot be looked at, or is no file, is found as {@link ArchiveRef#unseen}.
 */
final class LocalListing {
    private final NamePattern pattern;
    private final Consumer<ArchiveRef> found;

    LocalListing(NamePattern pattern, Consumer<ArchiveRef> found) {
        this.pattern = pattern;
        this.found = found;
    }

    /** A folder in a folder, or a link to one. Immutable. */
    static final class Sub {
        private final Path path;
        private final boolean link;

        Sub(Path path, boolean link) {
            this.path = path;
            this.link = link;
        }

        Path path() {
            return path;
        }

        boolean isLink() {
            return link;
        }

        String name() {
            return LocalUri.name(path);
        }
    }

    /**
     * @param enters names of folders that are told of besides those that match
     * @throws AccessDeniedException also when what may be such a folder cannot be looked at
     */
    List<Sub> list(Path folder, Predicate<String> enters) throws IOException {
        String uri = LocalUri.of(folder);
        List<Sub> folders = new ArrayList<>();
        LocalFolder.each(folder, child -> {
            String name = LocalUri.name(child);
            boolean taken = pattern.takes(name);
            if (taken || enters.test(name)) {
                Sub sub = look(uri, child, taken);
                if (sub != null) {
                    folders.add(sub);
                }
            }
        });
        return folders;
    }

    /** @return null when it is no folder */
    private @Nullable Sub look(String folder, Path child, boolean taken) throws IOException {
        boolean link = false;
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file.isSymbolicLink()) {
                link = true;
                file = Files.readAttributes(child, BasicFileAttributes.class);
            }
        } catch (FileSystemException e) {
            boolean gone = e instanceof NoSuchFileException && !link;
            if (taken && !gone) {
                found.accept(ArchiveRef.unseen(LocalUri.of(folder, child)));
            } else if (e instanceof AccessDeniedException) {
                throw e;
            }
            return null;
        }
        if (file.isDirectory()) {
            return new Sub(child, link);
        }
        if (taken) {
            String uri = LocalUri.of(folder, child);
            found.accept(file.isRegularFile() ? LocalFile.ref(uri, file) : ArchiveRef.unseen(uri));
        }
        return null;
    }
}
