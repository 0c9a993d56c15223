package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.ZipmapException;
import io.zipmap.testing.Repository;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No credentials of a URI appear in a message, the printed configuration, or a log. */
class SecretsTest {
    /** A URI and its secret part. */
    record Secret(String uri, String hidden) {}

    private static final String SIGNS = "+=!$~-_.*();,'\"<>|^`[]%";

    private static Arbitrary<String> texts(String signs) {
        return Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars(signs)
                .ofMinLength(8)
                .ofMaxLength(50)
                .filter(text -> text.chars().filter(c -> c >= 'A' && c <= 'Z').count() > 5);
    }

    private static final Arbitrary<String> SCHEMES =
            Arbitraries.of("s3a", "S3A", "s3", "s3n", "gs", "hdfs", "https", "HtTp", "ftp", "sftp", "wasbs", "abfss");

    private static final Arbitrary<String> SLASHES = Arbitraries.of("://", ":\\\\", ":/\\");

    @Provide
    Arbitrary<Secret> secrets() {
        Arbitrary<String> passwords = Combinators.combine(
                        Arbitraries.of("", "/", "8020/", "80", "@", "\\", "?", "#"), texts(SIGNS + "/\\@:?#&"))
                .as(String::concat);
        Arbitrary<Secret> pairs = Combinators.combine(
                        SCHEMES,
                        SLASHES,
                        Arbitraries.of("KEY", "", "k.e-y"),
                        Arbitraries.of(":", "%3A", "%3a"),
                        passwords,
                        Arbitraries.of("@", "%40"),
                        Arbitraries.of("", "/a/b.npz", "/*.npz?x=1", ":9000/a"))
                .as((scheme, slashes, key, colon, secret, at, path) ->
                        new Secret(scheme + slashes + key + colon + secret + at + "bucket" + path, secret));
        Arbitrary<Secret> bare = Combinators.combine(
                        SCHEMES,
                        SLASHES,
                        texts(SIGNS + "@:&"),
                        Arbitraries.of("@", "%40"),
                        Arbitraries.of("", "/a/b.npz"))
                .as((scheme, slashes, secret, at, path) ->
                        new Secret(scheme + slashes + secret + at + "host" + path, secret));
        Arbitrary<Secret> queries = Combinators.combine(
                        SCHEMES,
                        texts(SIGNS + "/\\@:?#="),
                        Arbitraries.of("?sig=", "?a=1&Sig=", "?a&b=&X-Amz-Signature="),
                        Arbitraries.of("", "&se=2", "&last"))
                .as((scheme, secret, name, rest) ->
                        new Secret(scheme + "://host/a/b.npz" + name + secret + rest, secret));
        return Arbitraries.oneOf(pairs, bare, queries);
    }

    /** Asserts that neither the secret nor a part of it is shown that is too long to be a coincidence. */
    private static void assertHidden(String shown, Secret secret) {
        for (int i = 0; i + 6 <= secret.hidden().length(); i++) {
            assertThat(shown).as(secret.uri()).doesNotContain(secret.hidden().substring(i, i + 6));
        }
    }

    @Property(tries = 2000)
    void noMessageShowsIt(@ForAll("secrets") Secret secret) {
        String uri = secret.uri();
        assertHidden(
                new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: " + uri).getMessage(), secret);
        ZipmapException all = new ZipmapException(Condition.SOURCE_FAILED, "Cannot read an archive: (" + uri + ")")
                .archive(uri)
                .entry("x " + uri)
                .expected(uri)
                .actual("No FileSystem for scheme in " + uri + ".")
                .because(new IOException(uri));
        assertHidden(all.getMessage(), secret);
        assertHidden(ErrorPrinter.sentence(new IllegalStateException("Wrong URI " + uri)), secret);
        assertHidden(ErrorPrinter.sentence(new IllegalStateException("outer", all)), secret);
    }

    @Property(tries = 40)
    void theCommandLineDoesNotRepeatIt(@ForAll("secrets") Secret secret) {
        CommandAction fails = call -> {
            throw new IOException("Cannot open " + secret.uri(), new IllegalStateException(secret.uri()));
        };
        for (List<String> words : List.of(
                List.of("run", "--input", secret.uri(), "--print-config"),
                List.of("sql", "--input", "@" + secret.uri(), "--print-config"),
                List.of("run", "--sql", "SELECT * FROM zipmap.`" + secret.uri() + "`", "--print-config"),
                List.of("run", "--output", secret.uri(), "--print-config"),
                List.of("clean", "--scratch", "/a," + secret.uri()),
                List.of("run", secret.uri()),
                List.of("run", "--outptu=" + secret.uri()),
                List.of("run", "--shape", "1", "--slice-bytes", secret.uri()),
                List.of("run", "--input", "a", "--stacktrace"))) {
            CommandResult said = CommandResult.call(fails, words.toArray(String[]::new));
            assertHidden(said.out + said.err, secret);
        }
    }

    @Property(tries = 300)
    void noLogShowsIt(@ForAll("secrets") Secret secret) throws IOException {
        Properties conf = new Properties();
        conf.load(new StringReader(Files.readString(Repository.file("conf/log4j2.properties"))));
        PatternLayout layout = PatternLayout.newBuilder()
                .withPattern(conf.getProperty("appender.console.layout.pattern"))
                .withAlwaysWriteExceptions(false)
                .build();
        String line = layout.toSerializable(Log4jLogEvent.newBuilder()
                .setLoggerName("org.apache.hadoop.fs.FileSystem")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage("Failed to open " + secret.uri()))
                .setThrown(new IOException("No access to " + secret.uri()))
                .build());
        assertThat(line).contains("WARN FileSystem: Failed to open").contains("No access to");
        assertHidden(line, secret);
    }

    @Test
    void textWithoutSecretsIsShown() {
        for (String text : List.of(
                "hdfs://nn:8020/data/a.npz",
                "hdfs://nn:8020; archive: hdfs://nn:8020.",
                "hdfs://[::1]:8020/a.npz",
                "s3a://bucket/of/me@work/a:b.npz",
                "file:/a:b@c.npz",
                "file:///home/me@work/a.npz?x",
                "/year=2024/a&b=c/me@work:1.npz",
                "hdfs://nn/year=202?/month=1/x.npz",
                "me@work: mail://",
                "Permission denied: user=me, access=READ, inode=\"/a\":hdfs:hdfs:drwx------ me@REALM",
                "C:\\data\\me@work")) {
            assertThat(Credentials.hide(text)).isEqualTo(text);
        }
        assertThat(Credentials.hide("Cannot read abfss://container@account/a.npz?sig=1&b=2 me@work"))
                .isEqualTo("Cannot read abfss://…@account/a.npz?sig=…&b=… me@work");
        assertThat(Credentials.hideAll("s3a://K:a b@bucket/x")).isEqualTo("s3a://…@bucket/x");
    }

    /** An archive may have a thousand entries of such names, and the driver shows them. */
    @Test
    void hostileNamesTakeNoTime() {
        List<String> names = List.of(
                "aa://" + ":".repeat(20_000),
                "@" + "aa://:".repeat(10_000),
                "a".repeat(60_000) + ":",
                "ab:/x?" + "&".repeat(60_000),
                "ab:/?&".repeat(10_000));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (String name : names) {
                assertThat(Credentials.hide(name).length()).isLessThanOrEqualTo(name.length());
                assertThat(Credentials.hideAll(name).length()).isLessThanOrEqualTo(name.length());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a://bucket/scratch",
                "/a,hdfs://nn/a",
                "file:/tmp/a",
                "FILE:///tmp/a",
                "/a, s3a://b",
                "s3a:\\\\b"
            })
    void scratchIsFoldersOfTheNode(String folders) {
        CommandResult said = CommandResult.call(call -> 0, "run", "--input", "a", "--scratch", folders);
        assertThat(said.status).isEqualTo(2);
        assertThat(said.err).contains("ZIPMAP_OPTION_INVALID").contains("--scratch");
        assertThat(CommandResult.call(call -> 0, "run", "--input", "a", "--scratch", "/a:b,c:d/e,f g").status)
                .isZero();
    }
}
