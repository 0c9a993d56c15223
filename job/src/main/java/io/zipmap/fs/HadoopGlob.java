package io.zipmap.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * Finds the folders that match a glob, one path component after the other. Hadoop's own globber fails at a folder with
 * a colon in its name.
 */
final class HadoopGlob {
    private HadoopGlob() {}

    /** The qualified paths of the existing folders that match, sorted. */
    static List<Path> find(FileSystem fs, Path glob) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        Path qualified = fs.makeQualified(glob);
        Path root = new Path(qualified.toUri().getScheme(), qualified.toUri().getAuthority(), Path.SEPARATOR);
        for (String path : GlobExpander.expand(qualified.toUri().getPath())) {
            List<Path> folders = List.of(root);
            for (String name : path.split(Path.SEPARATOR)) {
                folders = name.isEmpty() ? folders : expand(fs, folders, name);
            }
            for (Path folder : folders) {
                if (isFolder(fs, folder)) {
                    found.add(folder);
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> expand(FileSystem fs, List<Path> folders, String name) throws IOException {
        GlobFilter filter = new GlobFilter(name);
        List<Path> next = new ArrayList<>();
        for (Path folder : folders) {
            if (!filter.hasPattern()) {
                next.add(HadoopPaths.child(folder, name.replaceAll("\\\\(.)", "$1")));
                continue;
            }
            for (FileStatus child : children(fs, folder)) {
                if (child.isDirectory() && filter.accept(child.getPath())) {
                    next.add(child.getPath());
                }
            }
        }
        return next;
    }

    private static FileStatus[] children(FileSystem fs, Path folder) throws IOException {
        try {
            return HadoopCall.get(() -> fs.listStatus(folder));
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private static boolean isFolder(FileSystem fs, Path path) throws IOException {
        try {
            return HadoopCall.get(() -> fs.getFileStatus(path)).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }
}
