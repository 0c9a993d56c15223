package io.zipmap.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.GlobExpander;

/**
 * Finds the folders on local disks that match a glob, one path component after the other. A component that exists
 * literally is not taken for a glob.
 */
final class LocalGlob {
    private static final char ESCAPE = '\\';

    private final Set<Path> folders = new LinkedHashSet<>();

    private LocalGlob() {}

    /**
     * The existing folders that match.
     *
     * @param path absolute
     */
    static List<Path> find(String path) throws IOException {
        LocalGlob glob = new LocalGlob();
        for (String one : GlobExpander.expand(path)) {
            glob.walk(Path.of("/"), names(one));
        }
        return List.copyOf(glob.folders);
    }

    /** The longest leading part of a path that contains no glob. */
    static Path base(String path) throws IOException {
        Path folder = Path.of("/");
        for (String name : names(path)) {
            Path next = folder.resolve(LocalUri.pathOfName(name));
            if (NamePattern.isGlob(name) && !LocalFolder.isFolder(next)) {
                break;
            }
            folder = next;
        }
        return folder;
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>(List.of(path.split("/")));
        names.removeIf(name -> name.isEmpty() || name.equals(org.apache.hadoop.fs.Path.CUR_DIR));
        return names;
    }

    private void walk(Path folder, List<String> names) throws IOException {
        if (names.isEmpty()) {
            folders.add(folder);
            return;
        }
        List<String> rest = names.subList(1, names.size());
        String name = names.get(0);
        Path literal = folder.resolve(LocalUri.pathOfName(name));
        if (LocalFolder.isFolder(literal)) {
            walk(literal, rest);
        } else if (NamePattern.isGlob(name) || name.indexOf(ESCAPE) >= 0) {
            for (Path match : matches(folder, NamePattern.of(name))) {
                walk(match, rest);
            }
        }
    }

    private static List<Path> matches(Path folder, NamePattern pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        LocalFolder.forEachChild(folder, child -> {
            if (pattern.matches(LocalUri.nameOf(child)) && LocalFolder.isFolder(child)) {
                found.add(child);
            }
        });
        return found;
    }
}
