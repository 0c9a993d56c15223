package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folders outside of which nothing is opened. Names are compared, before any I/O, and again for what a listing found;
 * links are not followed to see where they lead, except that FOLDER/** has already found folders under their paths
 * without links. Immutable.
 */
final class AllowedRoots implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String GLOB = "*?[{\\";

    private final List<String> roots;

    private AllowedRoots(List<String> roots) {
        this.roots = roots;
    }

    /** @param folders none at all allows everything */
    static AllowedRoots of(List<String> folders, Configuration configuration) throws ZipmapException {
        List<String> roots = new ArrayList<>();
        for (String folder : folders) {
            roots.add(whole(folder, configuration));
        }
        return new AllowedRoots(List.copyOf(roots));
    }

    /** @throws ZipmapException {@code INPUT_NOT_ALLOWED} */
    void check(String input, Configuration configuration) throws ZipmapException {
        if (roots.isEmpty()) {
            return;
        }
        String words = input.startsWith("@") ? input.substring(1) : input;
        int glob = firstOf(words);
        String literal = glob < 0 ? words : words.substring(0, glob);
        // What follows a glob character may lead up and out again.
        if (words.substring(literal.length()).contains("..") || literal.isEmpty()) {
            throw refused(input);
        }
        // The name that the glob begins in is not a folder yet.
        String folder =
                glob < 0 || literal.endsWith("/") ? literal : literal.substring(0, literal.lastIndexOf('/') + 1);
        check(whole(folder.isEmpty() ? "." : folder, configuration), input);
    }

    /** For an archive that a listing found. */
    void checkFound(String uri) throws ZipmapException {
        if (!roots.isEmpty()) {
            check(plain(URI.create(uri)), uri);
        }
    }

    private void check(String uri, String input) throws ZipmapException {
        for (String root : roots) {
            if (uri.equals(root) || uri.startsWith(root.endsWith("/") ? root : root + "/")) {
                return;
            }
        }
        throw refused(input);
    }

    private ZipmapException refused(String input) {
        return new ZipmapException(
                        Condition.INPUT_NOT_ALLOWED, "Cannot open what lies outside the allowed roots: " + input)
                .expected("a path under " + roots)
                .advice("spark.zipmap.allowedRoots says which folders may be read.");
    }

    private static int firstOf(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (GLOB.indexOf(words.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** With scheme and authority, and without {@code ..}; nothing is looked at. */
    private static String whole(String words, Configuration configuration) throws ZipmapException {
        Path path = HadoopPaths.ofInput(words);
        URI uri = path.toUri();
        if (uri.getScheme() == null) {
            Path home = new Path(System.getProperty("user.dir"));
            uri = path.makeQualified(FileSystem.getDefaultUri(configuration), home)
                    .toUri();
        }
        return plain(uri);
    }

    private static String plain(URI uri) {
        String text = uri.normalize().toString().replaceFirst("^file:/+", "file:/");
        return text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
    }
}
