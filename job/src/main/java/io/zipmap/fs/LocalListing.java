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
 * Lists single folders on local disks: passes the archives to a consumer, and returns the subfolders. A file is looked
 * up once, a link twice. An archive that cannot be looked up, or is no regular file, is passed as
 * {@link ArchiveRef#ofUnknownLength}.
 */
final class LocalListing {
    private final NamePattern pattern;
    private final Consumer<ArchiveRef> found;

    LocalListing(NamePattern pattern, Consumer<ArchiveRef> found) {
        this.pattern = pattern;
        this.found = found;
    }

    /** A folder inside the listed folder, or a link to a folder. Immutable. */
    static final class Subfolder {
        private final Path path;
        private final boolean link;

        Subfolder(Path path, boolean link) {
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
            return LocalUri.nameOf(path);
        }
    }

    /**
     * Lists one folder.
     *
     * @param enters the names of subfolders to return besides those that match the pattern
     * @throws AccessDeniedException also if a child that may be such a subfolder cannot be looked up
     */
    List<Subfolder> list(Path folder, Predicate<String> enters) throws IOException {
        String uri = LocalUri.of(folder);
        List<Subfolder> folders = new ArrayList<>();
        LocalFolder.forEachChild(folder, child -> {
            String name = LocalUri.nameOf(child);
            boolean taken = pattern.takes(name);
            if (taken || enters.test(name)) {
                Subfolder sub = visit(uri, child, taken);
                if (sub != null) {
                    folders.add(sub);
                }
            }
        });
        return folders;
    }

    /** @return null if the child is no folder */
    private @Nullable Subfolder visit(String folder, Path child, boolean taken) throws IOException {
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
                found.accept(ArchiveRef.ofUnknownLength(LocalUri.ofChild(folder, child)));
            } else if (e instanceof AccessDeniedException) {
                throw e;
            }
            return null;
        }
        if (file.isDirectory()) {
            return new Subfolder(child, link);
        }
        if (taken) {
            String uri = LocalUri.ofChild(folder, child);
            found.accept(file.isRegularFile() ? LocalFile.refOf(uri, file) : ArchiveRef.ofUnknownLength(uri));
        }
        return null;
    }
}
