package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import io.zipmap.archive.EntryReader;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import io.zipmap.fs.Sources;
import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.options.Option;
import io.zipmap.store.ArrayRecord;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every remote file system must pass. Subclasses provide the file system. */
abstract class RemoteStorageContract {
    static final int BIG_BYTES = 3 << 20;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path local;

    /** URI of an existing folder, without a slash at the end. */
    abstract String remote() throws IOException;

    abstract void configure(Configuration configuration);

    final SparkSession session() {
        SparkSession session = SPARK.session();
        configure(session.sparkContext().hadoopConfiguration());
        return session;
    }

    final Configuration configuration() {
        Configuration configuration = new Configuration();
        configure(configuration);
        return configuration;
    }

    final void put(String uri, byte[] content) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
        FileSystem fs = path.getFileSystem(configuration());
        try (OutputStream out = fs.create(path, true)) {
            out.write(content);
        }
    }

    final List<ArchiveRef> list(String input) throws IOException {
        Inputs inputs = new Inputs(configuration());
        List<ArchiveRef> found = new ArrayList<>();
        for (ListingRoot root : inputs.roots(input)) {
            inputs.list(root, found::add);
        }
        return found;
    }

    private List<String> names(String input) throws IOException {
        return list(input).stream()
                .map(ref -> URI.create(ref.uri()).getPath().replaceAll(".*/", ""))
                .sorted()
                .toList();
    }

    /** Incompressible content, whose compressed form is as long. */
    static byte[] noise(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                Zips.add(zip, false, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static byte[] readAll(EntryReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 << 10];
        for (int n = reader.read(buffer, 0, buffer.length); n >= 0; n = reader.read(buffer, 0, buffer.length)) {
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    final Archive open(ArchiveRef ref) throws IOException {
        return Archive.open(new Sources(configuration()).open(ref), ArchiveLimits.DEFAULT);
    }

    static ArchiveEntry entry(Archive archive, String name) {
        return archive.entries().stream()
                .filter(entry -> name.equals(entry.name()))
                .findFirst()
                .orElseThrow();
    }

    private void writeSamples() throws IOException {
        Zips.deflated(local.resolve("a b.zip"), "x", Zips.floats(4000, 5));
        Zips.stored(local.resolve("stored.zip"), "y", Zips.floats(40_000, -7));
        Zips.deflated(local.resolve("größe.npz"), "z.npy", Zips.npy(6, 10, 2, 3));
        Files.write(local.resolve("bare.npy"), Zips.npy(8, 1, 2, 4));
        Zips.stored(local.resolve("big.zip"), "big", Zips.floats(BIG_BYTES / Float.BYTES, 0));
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            many.put("e" + i, Zips.floats(8000 + 4 * i, i));
        }
        Files.write(local.resolve("many.zip"), zip(many));
        Zips.deflated(local.resolve("corrupt.zip"), "c", Zips.floats(400, 5));
        Zips.corrupt(local.resolve("corrupt.zip"));
    }

    @Test
    void aRunGivesTheTablesOfTheSameArchivesOnALocalDisk() throws IOException {
        writeSamples();
        String folder = remote() + "/samples";
        StringBuilder list = new StringBuilder("# all of them\n");
        try (Stream<Path> files = Files.list(local)) {
            for (Path file : files.sorted().toList()) {
                put(folder + "/" + file.getFileName(), Files.readAllBytes(file));
                list.append(folder).append('/').append(file.getFileName()).append('\n');
            }
        }
        put(remote() + "/list.txt", list.toString().getBytes(StandardCharsets.UTF_8));
        Object[] layout = {Option.DTYPE, "float32", Option.SHAPE, "-1,4", Option.INPUT};
        PortableResultTables here = PortableResultTables.of(session(), and(layout, local));
        assertThat(here.rows.get("arrays")).hasSize(17);
        assertThat(here.rows.get("failures")).hasSize(1);
        String output = remote() + "/out";
        Object[] listed = and(layout, "@" + remote() + "/list.txt", Option.OUTPUT, output);
        assertThat(PortableResultTables.of(session(), listed).rows).isEqualTo(here.rows);
        assertThat(PortableResultTables.published(session(), output).rows).isEqualTo(here.rows);
    }

    private static Object[] and(Object[] first, Object... more) {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Test
    void filesFoldersGlobsAndTreesAreListed() throws IOException {
        String tree = remote() + "/tree";
        for (String name : List.of("a.zip", "b.txt", "x1/c.npz", "x1/deep/d.zip", "x2/e.dat", "x2/f g.zip")) {
            put(tree + "/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(names(tree + "/b.txt")).containsExactly("b.txt");
        assertThat(names(tree)).containsExactly("a.zip");
        assertThat(names(tree + "/x*")).containsExactly("c.npz", "f g.zip");
        assertThat(names(tree + "/x*/*")).containsExactly("c.npz", "d.zip", "e.dat", "f g.zip");
        assertThat(names(tree + "/**")).containsExactly("a.zip", "c.npz", "d.zip", "f g.zip");
        assertThat(names(tree + "/**/*.dat")).containsExactly("e.dat");
        ArchiveRef spaced = list(tree + "/x2").get(0);
        assertThat(list(spaced.uri())).containsExactly(spaced);
        Errors.named(Condition.INPUT_MISSING, () -> list(tree + "/nowhere.zip"));
        Errors.named(Condition.INPUT_MISSING, () -> list(tree + "/nowhere/*.zip"));
    }

    @Test
    void anArchiveReplacedBeforeItIsReadIsNamed() throws IOException {
        String uri = remote() + "/replaced-early.zip";
        put(uri, zip(Map.of("x", noise(5000, 1))));
        ArchiveRef ref = list(uri).get(0);
        ByteSource source = new Sources(configuration()).open(ref);
        put(uri, zip(Map.of("x", noise(5000, 2))));
        Errors.named(
                Condition.SOURCE_CHANGED,
                () -> Archive.open(source, ArchiveLimits.DEFAULT).close());
        Errors.named(Condition.SOURCE_CHANGED, () -> open(ref).close());
    }

    @Test
    void anArchiveReplacedOrDeletedBetweenExtractAndMapIsNamedWhenItsFileIsLost() throws IOException {
        String replaced = remote() + "/replaced.zip";
        String deleted = remote() + "/deleted.zip";
        for (String uri : List.of(replaced, deleted)) {
            put(uri, zip(Map.of("x", Zips.floats(1000, 1))));
        }
        Zipmap zipmap = Zipmap.on(session()).dtype("float32");
        try (ArrayRecords first = zipmap.extract(replaced);
                ArrayRecords second = zipmap.extract(deleted)) {
            put(replaced, zip(Map.of("x", Zips.floats(1000, 2))));
            org.apache.hadoop.fs.Path gone = new org.apache.hadoop.fs.Path(deleted);
            assertThat(gone.getFileSystem(configuration()).delete(gone, false)).isTrue();
            assertThat(read(zipmap, first)).containsExactly(1.0);
            lose(first);
            lose(second);
            Errors.named(Condition.SOURCE_CHANGED, () -> read(zipmap, first));
            Errors.named(Condition.SOURCE_MISSING, () -> read(zipmap, second));
        }
    }

    private static List<Double> read(Zipmap zipmap, ArrayRecords records) throws IOException {
        return zipmap.mapArrays(records, (record, array) -> array.getDouble(0, 0))
                .collect();
    }

    private static void lose(ArrayRecords records) throws IOException {
        for (ArrayRecord record : records.rdd().collect()) {
            Files.delete(Path.of(record.path()));
        }
    }
}
