package io.zipmap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of URIs that are given, and out of what is shown. What is a secret follows from its place in a URI
 * and not from what it looks like: all before the last {@code @} of the authority, and every value of the query.
 */
public final class Credentials {
    /** Where names follow the scheme however many slashes there are, and no host with a port does. */
    private static final String OF_BUCKETS = "(?:s3[an]?|gs|oss|cosn|obs|abfss?|wasbs?)";

    /** Up to the authority. A path without authority, as in {@code file:/a} and {@code hdfs:///a}, holds no name. */
    private static final String SCHEME = "(?:" + OF_BUCKETS + ":[/\\\\]+|[a-z][a-z0-9+.-]+:[/\\\\][/\\\\](?![/\\\\]))";

    private static final String COLON = "(?::|%3a)";
    private static final String AT = "(?:@|%40)";

    /** A name with a password. A secret may hold a slash, so that the {@code @} may stand behind one. */
    private static final Pattern SECRET = pattern("(" + SCHEME + ")([^/\\\\@:]*?" + COLON + "[^@]*?)" + AT);

    /** What a port looks like, up to the end of the authority. */
    private static final Pattern PORT = pattern("[^/\\\\@:]*:\\d{1,5}[/\\\\].*");

    private static final Hiding IN_PROSE = new Hiding("\\s");
    private static final Hiding IN_VALUE = new Hiding("");

    private Credentials() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * Looks for a name with a password, or a key with a secret, in what may be a URI; also in what stands around one.
     * {@code name@} alone is let through: some file systems need it.
     *
     * @throws ZipmapException {@code CREDENTIALS_IN_URI}; its message does not repeat them
     */
    public static void refuse(String input) throws ZipmapException {
        Matcher secret = SECRET.matcher(input);
        while (secret.find()) {
            String scheme = secret.group(1).toLowerCase(Locale.ROOT);
            boolean port = !scheme.matches(OF_BUCKETS + ":.*")
                    && PORT.matcher(input.substring(secret.start(2))).matches();
            if (!port) {
                String name = scheme.substring(0, scheme.indexOf(':'));
                throw new ZipmapException(
                                Condition.CREDENTIALS_IN_URI,
                                "Cannot take a URI that holds credentials: " + name + "://…@…")
                        .advice("Leave them out of the URI, and configure them for its file system.");
            }
        }
    }

    /** A sentence in which URIs end with a blank, without what may be a secret in them. */
    public static String hide(String sentence) {
        return IN_PROSE.of(sentence);
    }

    /** A text of which everything behind a scheme is one URI, or what someone took for one. */
    public static String hideAll(String value) {
        return IN_VALUE.of(value);
    }

    /** What is replaced, in this order. */
    private static final class Hiding {
        private final Pattern user;
        private final Pattern notPort;
        private final Pattern query;

        /** @param end what ends a URI, as it stands in a class of characters */
        Hiding(String end) {
            String in = "[^/\\\\?#" + end + "]";
            String any = end.isEmpty() ? "." : "[^" + end + "]";
            user = pattern("(" + SCHEME + ")(?:" + in + "*" + COLON + any + "*|" + in + "*)" + AT);
            notPort = pattern(
                    "(" + SCHEME + ")(?!\\[)[^:/\\\\?#" + end + "]*:(?!\\d*(?:[/\\\\?#.;,'\")\\]\\s]|$))" + in + "*");
            String bare = "[^=&" + end + "]*";
            String before =
                    "(?:[a-z][a-z0-9+.-]+:[/\\\\]" + any + "*?\\?(?:" + bare + "&)*|(?!^)\\G(?:&" + bare + ")*&)";
            query = pattern("(" + before + "[^=&?/\\\\" + end + "]+=)[^&" + end + "]*");
        }

        String of(String text) {
            if (text.indexOf(':') < 0) {
                return text;
            }
            String hidden = user.matcher(text).replaceAll("$1…@");
            hidden = notPort.matcher(hidden).replaceAll("$1…");
            return query.matcher(hidden).replaceAll("$1…");
        }
    }
}
