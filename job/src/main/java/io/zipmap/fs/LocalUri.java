package io.zipmap.fs;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The URI of a file on a local disk, byte for byte: a name is UTF-8, and a byte that is no UTF-8 becomes a percent
 * escape. The text of a {@link Path} depends on the locale of the JVM ({@code sun.jnu.encoding}) and loses what that
 * cannot say; a URI is the same on the driver and on every executor. A name that is UTF-8 has the URI that Hadoop gives
 * it.
 */
final class LocalUri {
    static final String SCHEME = "file";

    private static final String ROOT = SCHEME + ":///";

    /** What Java takes names of files for here. */
    static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");

    private static final boolean TELLS_ALL = isUtf8(ENCODING);
    private static final char LOST = '\uFFFD';

    private LocalUri() {}

    private static boolean isUtf8(String encoding) {
        return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    }

    /** The file that a URI names, whatever the locale. */
    static Path path(String uri) {
        return path(URI.create(uri));
    }

    /** Java takes a URI for the bytes of a name only in this spelling. */
    static Path path(URI uri) {
        String raw = uri.getRawPath();
        StringBuilder ascii = new StringBuilder(raw.length() + 16).append("file://");
        for (byte b : raw.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                escape(ascii, b);
            } else {
                ascii.append((char) b);
            }
        }
        return Path.of(URI.create(ascii.toString()));
    }

    /** Whether the text of a path finds it again here. */
    static boolean isText(Path path) {
        return isExact(path.toString());
    }

    /** Whether Hadoop writes the file that a URI names, and no other. */
    static boolean isWritable(String uri, boolean local) {
        return URI.create(uri).getPath().indexOf(LOST) < 0 && (!local || isText(path(uri)));
    }

    /** @param path absolute and without {@code ..} */
    static String of(Path path) {
        StringBuilder uri = new StringBuilder(ROOT);
        for (Path name : path) {
            uri.append(uri.length() == ROOT.length() ? "" : "/").append(escaped(name));
        }
        return uri.toString();
    }

    /** @param folder as {@link #of} gives it */
    static String of(String folder, Path child) {
        return (folder.endsWith("/") ? folder : folder + "/") + escaped(child.getFileName());
    }

    /** The bytes of one name that a user gave as text. */
    static Path word(String name) {
        return path(ROOT + escaped(name)).getFileName();
    }

    /** The last name as text; bytes that are no UTF-8 are replaced. */
    static String name(Path path) {
        String text = path.getFileName().toString();
        return isExact(text)
                ? text
                : URI.create(ROOT + escaped(path.getFileName())).getPath().substring(1);
    }

    private static String escaped(Path name) {
        String text = name.toString();
        return isExact(text) ? escaped(text) : escaped(bytes(name));
    }

    /** Every encoding of a locale has ASCII in it. */
    private static boolean isExact(String text) {
        if (TELLS_ALL) {
            return text.indexOf(LOST) < 0;
        }
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String escaped(String text) {
        try {
            return new URI(null, null, "/" + text, null, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String escaped(byte[] name) {
        StringBuilder out = new StringBuilder();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(name);
        CharBuffer text = CharBuffer.allocate(name.length);
        boolean whole = false;
        while (!whole) {
            CoderResult end = decoder.decode(bytes, text, true);
            out.append(escaped(text.flip().toString()));
            text.clear();
            for (int i = 0; end.isError() && i < end.length(); i++) {
                escape(out, bytes.get());
            }
            whole = !end.isError();
            decoder.reset();
        }
        return out.toString();
    }

    /**
     * Java tells the bytes of a name only in the URI of a path. Where the folder is not there, it has no file to look
     * at.
     */
    private static byte[] bytes(Path name) {
        String raw = Path.of("/.zipmap-nowhere").resolve(name).toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = raw.lastIndexOf('/') + 1; i < raw.length(); i++) {
            boolean escape = raw.charAt(i) == '%';
            bytes.write(escape ? Integer.parseInt(raw.substring(i + 1, i + 3), 16) : raw.charAt(i));
            i += escape ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static void escape(StringBuilder out, byte b) {
        out.append(String.format("%%%02X", b & 0xFF));
    }

    /** A sentence for a name that a user gave and that is not there, where the locale may be why; else empty. */
    static String advice(String words) {
        boolean odd = words.chars().anyMatch(c -> c >= 0x80 || c == '?');
        return odd && !TELLS_ALL
                ? "This JVM takes words for " + ENCODING
                        + ": set LC_ALL=C.UTF-8 where it is started, or give a list of inputs."
                : "";
    }
}
