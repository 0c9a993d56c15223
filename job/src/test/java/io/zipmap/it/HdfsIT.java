package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.EntryReader;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.HdfsCluster;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Archives on a real HDFS. */
class HdfsIT extends RemoteStorageContract {
    @RegisterExtension
    static final HdfsCluster HDFS = new HdfsCluster();

    @Override
    String remote() {
        return HDFS.uri() + "/data";
    }

    @Override
    void configure(Configuration configuration) {
        HDFS.configure(configuration);
    }

    private String putBig(String name, int replication) throws IOException {
        String uri = remote() + "/" + name;
        put(uri, zip(Map.of("x", noise(BIG_BYTES, 7))));
        HDFS.fileSystem().setReplication(new Path(uri), (short) replication);
        return uri;
    }

    private static byte[] head(EntryReader reader) throws IOException {
        byte[] head = new byte[1000];
        for (int have = 0; have < head.length; ) {
            have += reader.read(head, have, head.length - have);
        }
        return head;
    }

    private static byte[] tail() {
        return Arrays.copyOfRange(noise(BIG_BYTES, 7), 1000, BIG_BYTES);
    }

    @Test
    void theVersionIsTheModificationTime() throws IOException {
        String uri = remote() + "/version.zip";
        put(uri, zip(Map.of("x", noise(10, 1))));
        ArchiveRef ref = list(uri).get(0);
        assertThat(ref.version())
                .isEqualTo(Long.toString(
                        HDFS.fileSystem().getFileStatus(new Path(uri)).getModificationTime()));
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
        long before = bytesRead();
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "c"))) {
            assertThat(readAll(reader)).isEqualTo(noise(1000, 9));
        }
        assertThat(bytesRead() - before).isBetween(1000L, 3 * (64L << 10) + 100);
        assertThat(ref.length()).isGreaterThan(4L * BIG_BYTES);
    }

    private static long bytesRead() {
        return FileSystem.getGlobalStorageStatistics().get("hdfs").getLong("bytesRead");
    }

    @Test
    void aDataNodeThatStopsDuringAReadIsReplacedByAnother() throws IOException {
        ArchiveRef ref = list(putBig("two.zip", 2)).get(0);
        for (int i = 0; i < 2; i++) {
            try (Archive archive = open(ref);
                    EntryReader reader = archive.read(entry(archive, "x"))) {
                head(reader);
                HDFS.without(1, () -> assertThat(readAll(reader)).isEqualTo(tail()));
            }
        }
    }

    @Test
    void aFileWhoseDataNodesStopDuringAReadFailsByName() throws IOException {
        ArchiveRef ref = list(putBig("one.zip", 1)).get(0);
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "x"))) {
            head(reader);
            HDFS.without(2, () -> Errors.named(Condition.SOURCE_FAILED, () -> readAll(reader)));
        }
        try (Archive archive = open(ref);
                EntryReader reader = archive.read(entry(archive, "x"))) {
            assertThat(readAll(reader)).hasSize(BIG_BYTES);
        }
    }

    @Test
    void anArchiveThatCannotBeReadIsARowAndTheOthersAreDone() throws IOException {
        String lost = putBig("lost.zip", 1);
        Zips.deflated(local.resolve("here.zip"), "x", Zips.floats(100, 1));
        HDFS.without(2, () -> {
            PortableResultTables run = PortableResultTables.of(
                    session(), Option.DTYPE, "float32", Option.INPUT, lost, Option.INPUT, local);
            assertThat(run.rows.get("failures"))
                    .singleElement()
                    .asString()
                    .contains("lost.zip", "ZIPMAP_SOURCE_FAILED");
            assertThat(run.rows.get("column_stats")).singleElement().asString().contains("here.zip");
        });
    }
}
