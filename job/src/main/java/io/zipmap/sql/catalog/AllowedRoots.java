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
 * The folders that archives may be read from. Paths are compared as text: those of inputs before any I/O, and those of
 * archives again after they were listed. Links are not resolved here; the listing of {@code FOLDER/**} resolves the
 * links of its folders. Immutable.
 */
final class AllowedRoots implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String GLOB = "*?[{\\";

    private final List<String> roots;

    private AllowedRoots(List<String> roots) {
        this.roots = roots;
    }

    /** @param folders an empty list allows every path */
    static AllowedRoots of(List<String> folders, Configuration configuration) throws ZipmapException {
        List<String> roots = new ArrayList<>();
        for (String folder : folders) {
            roots.add(qualified(folder, configuration));
        }
        return new AllowedRoots(List.copyOf(roots));
    }

    /**
     * Checks an input as the user gave it: a path, a pattern or a {@code @} list.
     *
     * @throws ZipmapException {@code INPUT_NOT_ALLOWED}
     */
    void checkInput(String input, Configuration configuration) throws ZipmapException {
        if (roots.isEmpty()) {
            return;
        }
        String text = input.startsWith("@") ? input.substring(1) : input;
        int glob = firstGlobCharacter(text);
        String literal = glob < 0 ? text : text.substring(0, glob);
        // Behind a glob character, ".." could lead out of the folder.
        if (text.substring(literal.length()).contains("..") || literal.isEmpty()) {
            throw refused(input);
        }
        // The last name is a part of the pattern, not a folder.
        String folder =
                glob < 0 || literal.endsWith("/") ? literal : literal.substring(0, literal.lastIndexOf('/') + 1);
        checkPath(qualified(folder.isEmpty() ? "." : folder, configuration), input);
    }

    /** Checks the URI of a listed archive. */
    void checkListed(String uri) throws ZipmapException {
        if (!roots.isEmpty()) {
            checkPath(normalized(URI.create(uri)), uri);
        }
    }

    private void checkPath(String uri, String input) throws ZipmapException {
        for (String root : roots) {
            if (uri.equals(root) || uri.startsWith(root.endsWith("/") ? root : root + "/")) {
                return;
            }
        }
        throw refused(input);
    }

    private ZipmapException refused(String input) {
        return new ZipmapException(
                        Condition.INPUT_NOT_ALLOWED, "Cannot read a path outside the allowed roots: " + input)
                .expected("a path under " + roots)
                .advice("spark.zipmap.allowedRoots says which folders may be read.");
    }

    private static int firstGlobCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (GLOB.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The path with scheme and authority and without {@code ..}; does no I/O. */
    private static String qualified(String text, Configuration configuration) throws ZipmapException {
        Path path = HadoopPaths.ofInput(text);
        URI uri = path.toUri();
        if (uri.getScheme() == null) {
            Path home = new Path(System.getProperty("user.dir"));
            uri = path.makeQualified(FileSystem.getDefaultUri(configuration), home)
                    .toUri();
        }
        return normalized(uri);
    }

    private static String normalized(URI uri) {
        String text = uri.normalize().toString().replaceFirst("^file:/+", "file:/");
        return text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
    }
}
