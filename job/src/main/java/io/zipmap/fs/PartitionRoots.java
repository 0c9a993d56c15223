package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Prepares a search for the partition folders of many archives. */
    public Search search() {
        return new Search(paths, basePath);
    }

    /** Finds the partition folders of archives. Splits and compiles the paths of the roots once. Immutable. */
    public static final class Search {
        /** Roots as text, from {@link #joined}. */
        private final Set<String> literals = new HashSet<>();

        /** By the names before the first glob among their names, {@link #joined}. */
        private final Map<String, List<Glob>> globs = new HashMap<>();

        private final @Nullable String basePath;

        private Search(String[] paths, @Nullable String basePath) {
            this.basePath = basePath;
            Map<String, Optional<NamePattern>> compiled = new HashMap<>();
            for (String path : paths) {
                List<String> names = names(path);
                literals.add(joined(names));
                if (NamePattern.isGlob(path)) {
                    String before = joined(names.stream()
                            .takeWhile(name -> !NamePattern.isGlob(name))
                            .toList());
                    globs.computeIfAbsent(before, any -> new ArrayList<>()).add(new Glob(names, compiled));
                }
            }
        }

        /**
         * The names of the partition folders of an archive, the outermost first.
         *
         * @throws ZipmapException {@code OPTION_INVALID} if the archive is not in the folder that the user gave
         */
        public List<String> partitionsOf(String archiveUri) throws ZipmapException {
            if (literals.isEmpty()) {
                return List.of();
            }
            List<String> folders = folders(archiveUri);
            int root = rootOf(folders);
            if (root < 0 && basePath != null) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID,
                                "Invalid value of " + OptionSpelling.mention("basePath") + ": an archive is not in "
                                        + basePath)
                        .archive(archiveUri);
            }
            return root < 0 ? List.of() : nearest(folders.subList(root, folders.size()), Integer.MAX_VALUE);
        }

        /** The number of folders down to the nearest root, itself included; -1 if no root contains them. */
        private int rootOf(List<String> folders) {
            int nearest = -1;
            String path = joined(folders);
            for (int count = folders.size(); count >= 0; count--) {
                if (count > nearest && literals.contains(path)) {
                    nearest = count;
                }
                for (Glob glob : globs.getOrDefault(path, List.of())) {
                    if (glob.size() > nearest && glob.matches(folders)) {
                        nearest = glob.size();
                    }
                }
                path = path.substring(0, Math.max(0, path.lastIndexOf(Path.SEPARATOR)));
            }
            return nearest;
        }

        /** Each name after a separator; empty for the top folder of a file system. */
        private static String joined(List<String> names) {
            return names.stream().map(name -> Path.SEPARATOR + name).collect(Collectors.joining());
        }
    }

    /** A path of which each name may be a glob. Immutable. */
    private static final class Glob {
        private final List<String> names;
        private final @Nullable NamePattern[] patterns;

        /** @param compiled takes the patterns of names, which many paths have in common */
        Glob(List<String> names, Map<String, Optional<NamePattern>> compiled) {
            this.names = names;
            this.patterns = new NamePattern[names.size()];
            for (int i = 0; i < patterns.length; i++) {
                patterns[i] =
                        compiled.computeIfAbsent(names.get(i), Glob::pattern).orElse(null);
            }
        }

        /** Empty for a name that is no glob. */
        private static Optional<NamePattern> pattern(String name) {
            try {
                return NamePattern.isGlob(name) ? Optional.of(NamePattern.of(name)) : Optional.empty();
            } catch (IOException e) {
                // The name of an existing folder may look like an incomplete glob.
                return Optional.empty();
            }
        }

        int size() {
            return names.size();
        }

        /** Whether the first folders match the names. */
        boolean matches(List<String> folders) {
            if (size() > folders.size()) {
                return false;
            }
            for (int i = 0; i < size(); i++) {
                NamePattern pattern = patterns[i];
                if (!names.get(i).equals(folders.get(i)) && (pattern == null || !pattern.matches(folders.get(i)))) {
                    return false;
                }
            }
            return true;
        }
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
}
