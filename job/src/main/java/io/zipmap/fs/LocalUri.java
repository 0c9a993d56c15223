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
 * Converts between paths on local disks and URIs, without loss. A file name is read as UTF-8, and a byte that is not
 * UTF-8 becomes a percent escape. The text of a {@link Path} depends on the locale of the JVM
 * ({@code sun.jnu.encoding}), which cannot express every name; a URI is the same on the driver and on every executor. A
 * name in UTF-8 has the same URI as in Hadoop.
 */
final class LocalUri {
    static final String SCHEME = "file";

    private static final String ROOT = SCHEME + ":///";

    /** The encoding of file names in this JVM. */
    static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");

    private static final boolean IS_UTF8 = isUtf8(ENCODING);
    private static final String PLAIN_SIGNS = "/-_.~=+,@";
    private static final char LOST = '\uFFFD';

    private LocalUri() {}

    private static boolean isUtf8(String encoding) {
        return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    }

    /** The path that a URI names, in every locale. */
    static Path pathOf(String uri) {
        return uri.startsWith(ROOT) && isPlain(uri, ROOT.length())
                ? Path.of(uri.substring(ROOT.length() - 1))
                : pathOf(URI.create(uri));
    }

    /** Whether a text has only characters that a URI has as they are, and that every encoding of file names has. */
    private static boolean isPlain(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && PLAIN_SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Java reads the exact bytes of a name only from a URI in ASCII that escapes all other bytes. */
    static Path pathOf(URI uri) {
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

    /** Whether the text of a path names the same file in this JVM. */
    static boolean isText(Path path) {
        return isExact(path.toString());
    }

    /** Whether Hadoop can write exactly the file that a URI names. */
    static boolean isWritable(String uri, boolean local) {
        return URI.create(uri).getPath().indexOf(LOST) < 0 && (!local || isText(pathOf(uri)));
    }

    /** @param path an absolute path without {@code ..} */
    static String of(Path path) {
        StringBuilder uri = new StringBuilder(ROOT);
        for (Path name : path) {
            uri.append(uri.length() == ROOT.length() ? "" : "/").append(escapedName(name));
        }
        return uri.toString();
    }

    /** @param folder a URI that {@link #of} returned */
    static String ofChild(String folder, Path child) {
        return (folder.endsWith("/") ? folder : folder + "/") + escapedName(child.getFileName());
    }

    /** The path of one file name that a user typed. */
    static Path pathOfName(String name) {
        return pathOf(ROOT + escapedText(name)).getFileName();
    }

    /** The file name as text. Bytes that are not UTF-8 are replaced. */
    static String nameOf(Path path) {
        String text = path.getFileName().toString();
        return isExact(text)
                ? text
                : URI.create(ROOT + escapedName(path.getFileName())).getPath().substring(1);
    }

    private static String escapedName(Path name) {
        String text = name.toString();
        return isExact(text) ? escapedText(text) : escapedBytes(bytes(name));
    }

    /** Whether this JVM decodes the name without loss. The encoding of every locale includes ASCII. */
    private static boolean isExact(String text) {
        if (IS_UTF8) {
            return text.indexOf(LOST) < 0;
        }
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String escapedText(String text) {
        if (isPlain(text, 0)) {
            return text;
        }
        try {
            return new URI(null, null, "/" + text, null, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String escapedBytes(byte[] name) {
        StringBuilder out = new StringBuilder();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(name);
        CharBuffer text = CharBuffer.allocate(name.length);
        boolean whole = false;
        while (!whole) {
            CoderResult end = decoder.decode(bytes, text, true);
            out.append(escapedText(text.flip().toString()));
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
     * The bytes of a file name. Java shows them only in the URI of a path. The folder of that path does not exist, so
     * that Java looks up no file.
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

    /** Advice for a name that was not found, if the locale may be the reason; else empty. */
    static String advice(String text) {
        boolean odd = text.chars().anyMatch(c -> c >= 0x80 || c == '?');
        return odd && !IS_UTF8
                ? "This JVM decodes its arguments as " + ENCODING
                        + ": set LC_ALL=C.UTF-8 where it is started, or give a list of inputs."
                : "";
    }
}
