package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Makes Hadoop paths from the text of users and from file names. Both may contain a colon, which Hadoop's constructors
 * take for the end of a scheme.
 */
public final class HadoopPaths {
    /** A text with a slash after its first colon starts with a scheme; any other text is a path. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

    private static final String LOCAL = "file";

    private HadoopPaths() {}

    /** Whether a file system is the local disk of this node. */
    public static boolean isLocal(FileSystem fs) {
        return fs instanceof LocalFileSystem || fs.getClass() == RawLocalFileSystem.class;
    }

    /** Whether the text of a user names a path on the local disks of this node. */
    public static boolean isLocal(String text, Configuration configuration) {
        try {
            String scheme = parse(text).toUri().getScheme();
            return LOCAL.equals(
                    scheme == null ? FileSystem.getDefaultUri(configuration).getScheme() : scheme);
        } catch (IllegalArgumentException e) {
            // Nobody understands the text. Who opens the path reports that.
            return false;
        }
    }

    /**
     * The qualified path of an output.
     *
     * @throws ZipmapException {@code OUTPUT_UNUSABLE}
     */
    public static Path ofOutput(String text, Configuration configuration) throws IOException {
        try {
            Path path = parse(text);
            return path.getFileSystem(configuration).makeQualified(path);
        } catch (IllegalArgumentException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot understand the output: " + text).because(e);
        }
    }

    /**
     * The path of an input, as the user gave it.
     *
     * @throws ZipmapException {@code INPUT_MISSING}
     */
    public static Path ofInput(String text) throws ZipmapException {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot understand the input: " + text).because(e);
        }
    }

    private static Path parse(String text) {
        return text.isEmpty() || text.indexOf(':') < 0 || URI.matcher(text).matches()
                ? new Path(text)
                : new Path(null, null, text);
    }

    /** The path of the child of a folder with this name. */
    public static Path child(Path folder, String name) {
        return new Path(folder, new Path(null, null, name));
    }
}
