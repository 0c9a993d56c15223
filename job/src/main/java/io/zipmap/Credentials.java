package io.zipmap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses URIs that contain credentials, and hides credentials in text that is shown. The position in a URI decides
 * what is a secret: everything before the last {@code @} of the authority, and every value of the query.
 */
public final class Credentials {
    /** Schemes whose authority is a bucket or container, after any number of slashes, and never a host with a port. */
    private static final String BUCKET_SCHEMES = "(?:s3[an]?|gs|oss|cosn|obs|abfss?|wasbs?)";

    /**
     * Matches up to the authority. A URI without authority, such as {@code file:/a} or {@code hdfs:///a}, has no user.
     */
    private static final String SCHEME =
            "(?:" + BUCKET_SCHEMES + ":[/\\\\]+|[a-z][a-z0-9+.-]+:[/\\\\][/\\\\](?![/\\\\]))";

    private static final String COLON = "(?::|%3a)";
    private static final String AT = "(?:@|%40)";

    /** Matches a user with a password. A password may contain a slash, so the {@code @} may follow one. */
    private static final Pattern SECRET = pattern("(" + SCHEME + ")([^/\\\\@:]*?" + COLON + "[^@]*?)" + AT);

    /** Matches a host with a port, up to the end of the authority. */
    private static final Pattern PORT = pattern("[^/\\\\@:]*:\\d{1,5}[/\\\\].*");

    private static final Hiding IN_SENTENCE = new Hiding("\\s");
    private static final Hiding IN_VALUE = new Hiding("");

    private Credentials() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * Refuses a text that contains a URI with a user and password, or a key and secret. A user alone, as in
     * {@code user@}, is accepted, because some file systems need it.
     *
     * @throws ZipmapException {@code CREDENTIALS_IN_URI}; the message does not repeat the credentials
     */
    public static void refuse(String input) throws ZipmapException {
        Matcher secret = SECRET.matcher(input);
        while (secret.find()) {
            String scheme = secret.group(1).toLowerCase(Locale.ROOT);
            boolean port = !scheme.matches(BUCKET_SCHEMES + ":.*")
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

    /** The sentence without the secrets of its URIs. A URI ends at white space. */
    public static String hide(String sentence) {
        return IN_SENTENCE.apply(sentence);
    }

    /** The value without its secrets. Everything after a scheme is one URI, including white space. */
    public static String hideAll(String value) {
        return IN_VALUE.apply(value);
    }

    /** Patterns of secrets and their replacement, applied in the order of the fields. */
    private static final class Hiding {
        private final Pattern user;
        private final Pattern notPort;
        private final Pattern query;

        /** @param end characters that end a URI, in the syntax of a character class; may be empty */
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

        String apply(String text) {
            if (text.indexOf(':') < 0) {
                return text;
            }
            String hidden = user.matcher(text).replaceAll("$1…@");
            hidden = notPort.matcher(hidden).replaceAll("$1…");
            return query.matcher(hidden).replaceAll("$1…");
        }
    }
}
