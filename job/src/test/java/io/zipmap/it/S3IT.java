package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.EntryReader;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Repository;
import io.zipmap.testing.S3Server;
import io.zipmap.testing.TcpProxy;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Archives on an S3 server, through Hadoop's s3a. */
class S3IT extends RemoteStorageContract {
    private static final String SOUND = "zipmap-sound";
    private static final String WEAK = "zipmap-weak";
    private static final long WINDOW = 64 << 10;

    @RegisterExtension
    static final S3Server S3 = new S3Server(SOUND, WEAK);

    @BeforeEach
    void mend() {
        S3.wire(SOUND).reset();
        S3.wire(WEAK).reset();
    }

    @Override
    String remote() {
        return "s3a://" + SOUND + "/data";
    }

    @Override
    void configure(Configuration configuration) {
        S3.configure(configuration);
        configuration.set("fs.s3a.bucket." + WEAK + ".retry.limit", "2");
        configuration.set("fs.s3a.bucket." + WEAK + ".retry.interval", "10ms");
        configuration.set("fs.s3a.bucket." + WEAK + ".attempts.maximum", "1");
    }

    private static List<String> requests(String method) {
        return S3.wire(SOUND).requests().stream()
                .filter(request -> request.startsWith(method))
                .toList();
    }

    @Test
    void theVersionIsTheEtagInAListAndByItself() throws IOException {
        put(remote() + "/versions/a.zip", zip(Map.of("x", noise(10, 1))));
        ArchiveRef listed = list(remote() + "/versions").get(0);
        assertThat(listed.version()).containsPattern("[0-9a-f]{32}");
        assertThat(list(remote() + "/versions/a.zip")).containsExactly(listed);
        open(listed).close();
    }

    @Test
    void aWholeArchiveTakesItsStartItsEndAndOneSequentialRead() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (String name : new String[] {"a", "b", "c"}) {
            entries.put(name, noise(BIG_BYTES, name.hashCode()));
        }
        String uri = remote() + "/whole.zip";
        put(uri, zip(entries));
        ArchiveRef ref = list(uri).get(0);
        S3.wire(SOUND).reset();
        try (Archive archive = open(ref)) {
            for (ArchiveEntry entry : archive.entries()) {
                try (EntryReader reader = archive.read(entry)) {
                    assertThat(readAll(reader)).isEqualTo(entries.get(entry.name()));
                }
            }
        }
        assertThat(requests("HEAD")).hasSize(1);
        assertThat(requests("GET")).as(S3.wire(SOUND).requests().toString()).hasSize(3);
        assertThat(S3.wire(SOUND).bytes()).isBetween(ref.length(), ref.length() + 3 * WINDOW);
    }

    @Test
    void aTinyArchiveTakesOneRead() throws IOException {
        String uri = remote() + "/tiny.zip";
        put(uri, zip(Map.of("x", noise(1000, 1), "y", noise(1000, 2))));
        ArchiveRef ref = list(uri).get(0);
        S3.wire(SOUND).reset();
        try (Archive archive = open(ref)) {
            for (ArchiveEntry entry : archive.entries()) {
                try (EntryReader reader = archive.read(entry)) {
                    assertThat(readAll(reader)).hasSize(1000);
                }
            }
        }
        assertThat(S3.wire(SOUND).requests()).hasSize(2);
    }

    @Test
    void aSmallEntryAmongBigOnesCostsNoMoreThanItself() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (String name : new String[] {"a", "b", "d", "e"}) {
            entries.put(name, noise(BIG_BYTES, name.hashCode()));
        }
        entries.put("c", noise(1000, 9));
        String uri = remote() + "/among.zip";
        put(uri, zip(entries));
        ArchiveRef ref = list(uri).get(0);
        S3.wire(SOUND).reset();
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "c"))) {
            assertThat(readAll(reader)).isEqualTo(noise(1000, 9));
        }
        assertThat(requests("GET")).as(S3.wire(SOUND).requests().toString()).hasSize(3);
        assertThat(S3.wire(SOUND).bytes()).isLessThan(3 * WINDOW + 10_000);
        assertThat(ref.length()).isGreaterThan(4L * BIG_BYTES);
    }

    private String weak() throws IOException {
        String uri = "s3a://" + WEAK + "/data/weak.zip";
        put(uri, zip(Map.of("x", noise(BIG_BYTES, 7))));
        return uri;
    }

    @Test
    void aConnectionCutOnceInsideAnEntryIsReopened() throws IOException {
        ArchiveRef ref = list(weak()).get(0);
        TcpProxy wire = S3.wire(WEAK);
        wire.cutAfter(BIG_BYTES / 2, false);
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "x"))) {
            assertThat(readAll(reader)).isEqualTo(noise(BIG_BYTES, 7));
        }
        assertThat(wire.cuts()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsAlwaysCutFailsByNameAndTheArchiveIsNotCalledCorrupt() throws IOException {
        String uri = weak();
        ArchiveRef ref = list(uri).get(0);
        TcpProxy wire = S3.wire(WEAK);
        wire.cutAfter(BIG_BYTES / 2, true);
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "x"))) {
            Errors.named(Condition.SOURCE_FAILED, () -> readAll(reader));
        }
        assertThat(wire.cuts()).isGreaterThan(1);
    }

    @Test
    void anArchiveThatIsAlwaysCutIsARowAndTheOthersAreDone() throws IOException {
        String uri = weak();
        Zips.deflated(local.resolve("here.zip"), "x", Zips.floats(100, 1));
        S3.wire(WEAK).cutAfter(BIG_BYTES / 2, true);
        PortableResultTables run =
                PortableResultTables.of(session(), Option.DTYPE, "float32", Option.INPUT, uri, Option.INPUT, local);
        assertThat(run.rows.get("failures"))
                .singleElement()
                .asString()
                .contains("weak.zip", "x", "ZIPMAP_SOURCE_FAILED");
        assertThat(run.rows.get("column_stats")).singleElement().asString().contains("here.zip");
    }

    /** Searches the logs of a whole process, and its event log, which the history server shows. */
    @Test
    void aSecretInTheConfigurationIsNeverShown() throws Exception {
        put(remote() + "/secret/a.zip", zip(Map.of("x", Zips.floats(100, 1))));
        Path logs = Files.createDirectories(local.resolve("logs"));
        String secret = "Wr0ng+S3cret/0fNobody";
        Map<String, String> settings = new TreeMap<>(S3.settings());
        settings.put("fs.s3a.secret.key", secret);
        List<Object> words = new ArrayList<>(List.of("--master", "local[1]"));
        words.addAll(List.of("--driver-class-path", Repository.file("job/target/s3/client") + "/*"));
        for (String conf : List.of(
                "spark.ui.enabled=false",
                "spark.local.dir=" + Files.createDirectories(local.resolve("scratch")),
                "spark.eventLog.enabled=true",
                "spark.eventLog.compress=false",
                "spark.eventLog.dir=" + logs.toUri())) {
            words.addAll(List.of("--conf", conf));
        }
        settings.forEach((key, value) -> words.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
        words.add("--");
        Path output = local.resolve("out");
        List<Object> run = new ArrayList<>(words);
        run.addAll(List.of("run", "--input", remote() + "/secret", "--dtype", "float32", "--output", output));
        run.addAll(List.of("--table-format", "json", "--sql", "EXPLAIN EXTENDED SELECT * FROM arrays"));
        SubmitScript.Result done = SubmitScript.from(local).call(run.toArray());
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.err()).contains("arrays          1");
        try (Stream<Path> files = Stream.concat(Files.walk(output), Files.walk(logs))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(3);
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
        List<Object> config = new ArrayList<>(words);
        config.addAll(List.of("run", "--input", remote() + "/secret", "--print-config"));
        SubmitScript.Result printed = SubmitScript.from(local).call(config.toArray());
        assertThat(printed.status()).isZero();
        assertThat(done.out() + done.err() + printed.out() + printed.err()).doesNotContain(secret);
    }

    @Test
    void aSecretInAUriIsRefusedBeforeSparkStarts() throws Exception {
        SubmitScript.Result refused =
                SubmitScript.from(local).call("run", "--input", "s3a://AKIA:s3cr/3t@b/a", "--print-config");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("ZIPMAP_CREDENTIALS_IN_URI").doesNotContain("SparkContext");
        assertThat(refused.out() + refused.err()).doesNotContain("s3cr").doesNotContain("AKIA");
    }
}
