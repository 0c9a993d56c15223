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
     * Of a longer scheme the end matches, so that a long text without a scheme takes no quadratic time.
     */
    private static final String SCHEME =
            "(?:" + BUCKET_SCHEMES + ":[/\\\\]+|[a-z][a-z0-9+.-]{1,32}+:[/\\\\][/\\\\](?![/\\\\]))";

    private static final String COLON = "(?::|%3a)";
    private static final String AT = "(?:@|%40)";

    /** Matches a user with a password. A password may contain a slash, so the {@code @} may follow one. */
    private static final Pattern SECRET = pattern("(" + SCHEME + ")([^/\\\\@:]*?" + COLON + "[^@]*?)" + AT);

    /** Matches a host with a port, up to the end of the authority. */
    private static final Pattern PORT = pattern("[^/\\\\@:]*:\\d{1,5}[/\\\\].*");

    private static final Pattern WORD = Pattern.compile("\\S+");

    /** Matches a user. The colon is the first one: the rest up to the last {@code @} is the password. */
    private static final Pattern USER = pattern("(" + SCHEME + ")(?:(?>[^/\\\\?#]*?" + COLON + ").*|[^/\\\\?#]*)" + AT);

    private static final Pattern NOT_PORT =
            pattern("(" + SCHEME + ")(?!\\[)[^:/\\\\?#]*:(?!\\d*(?:[/\\\\?#.;,'\")\\]\\s]|$))[^/\\\\?#]*");

    /** Matches the begin of a URI that may have a query. */
    private static final Pattern URI = pattern("[a-z][a-z0-9+.-]{1,32}+:[/\\\\]");

    private static final Pattern PARAMETER = pattern("(?<=[?&])([^=&?/\\\\]++=)[^&]*+");

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
        return sentence.indexOf(':') < 0
                ? sentence
                : WORD.matcher(sentence).replaceAll(word -> Matcher.quoteReplacement(hideAll(word.group())));
    }

    /**
     * The value without its secrets. Everything after a scheme is one URI, including white space. Takes linear time,
     * because names of entries are long and come from others.
     */
    public static String hideAll(String value) {
        return value.indexOf(':') < 0
                ? value
                : hideQuery(NOT_PORT.matcher(hideUser(value)).replaceAll("$1…"));
    }

    /** Does not search behind the last {@code @}. Then the first user that begins is one that ends. */
    private static String hideUser(String value) {
        int encoded = value.lastIndexOf("%40");
        int end = Math.max(value.lastIndexOf('@') + 1, encoded < 0 ? 0 : encoded + 3);
        return USER.matcher(value.substring(0, end)).replaceAll("$1…@") + value.substring(end);
    }

    private static String hideQuery(String value) {
        Matcher uri = URI.matcher(value);
        int query = uri.find() ? value.indexOf('?', uri.end()) : -1;
        return query < 0
                ? value
                : value.substring(0, query)
                        + PARAMETER.matcher(value.substring(query)).replaceAll("$1…");
    }
}
