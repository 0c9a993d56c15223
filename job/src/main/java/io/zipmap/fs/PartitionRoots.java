package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders below which the partition folders of a table begin. An input folder is one, and each folder that a glob
 * matches. {@code FOLDER/**} is none: its subfolders are no partitions. Immutable.
 */
public final class PartitionRoots implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final PartitionRoots NONE = new PartitionRoots(List.of(), null);

    /** Paths without scheme, each of which may be a glob. */
    private final String[] paths;

    private final @Nullable String basePath;

    private PartitionRoots(List<String> paths, @Nullable String basePath) {
        this.paths = paths.toArray(String[]::new);
        this.basePath = basePath;
    }

    /**
     * @param inputs qualified paths, which may be globs
     * @param basePath as the user gave it, if {@code inputs} are that folder; else null
     */
    static PartitionRoots of(List<Path> inputs, @Nullable String basePath) throws IOException {
        List<String> paths = new ArrayList<>();
        for (Path input : inputs) {
            String path = input.toUri().getPath();
            paths.add(path);
            // A brace of a glob may contain a slash.
            paths.addAll(GlobExpander.expand(path));
        }
        return new PartitionRoots(paths.stream().distinct().toList(), basePath);
    }

    public boolean isEmpty() {
        return paths.length == 0;
    }

    /**
     * The names of the partition folders of an archive, the outermost first.
     *
     * @throws ZipmapException {@code OPTION_INVALID} if the archive is not in the folder that the user gave
     */
    public List<String> partitionsOf(String archiveUri) throws IOException {
        if (isEmpty()) {
            return List.of();
        }
        List<String> folders = folders(archiveUri);
        int root = rootOf(folders);
        if (root < 0 && basePath != null) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Invalid value of basePath: an archive is not in " + basePath)
                    .archive(archiveUri);
        }
        return root < 0 ? List.of() : nearest(folders.subList(root, folders.size()), Integer.MAX_VALUE);
    }

    /** The names of the partition folders nearest to an archive, at most {@code most}, the outermost first. */
    public static List<String> nearest(String archiveUri, int most) {
        return nearest(folders(archiveUri), most);
    }

    private static List<String> nearest(List<String> folders, int most) {
        int end = folders.size();
        while (end > 0 && !NamePattern.isPartition(folders.get(end - 1))) {
            end--;
        }
        int from = end;
        while (from > 0 && end - from < most && NamePattern.isPartition(folders.get(from - 1))) {
            from--;
        }
        return folders.subList(from, end);
    }

    private static List<String> folders(String archiveUri) {
        List<String> names = names(URI.create(archiveUri).getPath());
        return names.subList(0, Math.max(0, names.size() - 1));
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split(Path.SEPARATOR))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The number of folders down to the nearest root, itself included; -1 if no root contains them. */
    private int rootOf(List<String> folders) throws IOException {
        int nearest = -1;
        for (String path : paths) {
            List<String> names = names(path);
            if (names.size() > nearest && names.size() <= folders.size() && matches(names, folders)) {
                nearest = names.size();
            }
        }
        return nearest;
    }

    private static boolean matches(List<String> globs, List<String> folders) throws IOException {
        for (int i = 0; i < globs.size(); i++) {
            String glob = globs.get(i);
            if (!glob.equals(folders.get(i))
                    && !(NamePattern.isGlob(glob) && NamePattern.of(glob).matches(folders.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
