package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.RawLayout;
import io.zipmap.mapped.MappedArray;
import io.zipmap.scratch.Scratch;
import io.zipmap.store.ArrayReader;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ArrayStore;
import io.zipmap.store.ExtractRules;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.HeldArray;
import io.zipmap.store.NodeFiles;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A store for tests. Archive {@code number} has an array of {@code number, number + 1, …}, so the sum of each array is
 * known.
 */
final class OneNode {
    static final int COUNT = 6000;
    /** Size of an extracted file, with the .npy header. */
    static final int FILE_BYTES = 128 + 4 * COUNT;

    static final int WINDOW_BYTES = 4096;

    /** The record of each read that came after a healing. */
    final List<ArrayRecord> healed = Collections.synchronizedList(new ArrayList<>());
    /**
     * The files of the records that were read: path, inode and change time, so that a file made twice counts twice.
     * Without files that were healed in another folder.
     */
    final Set<String> filesRead = ConcurrentHashMap.newKeySet();

    private final ArrayStore store;

    private OneNode(ArrayStore store) {
        this.store = store;
    }

    static OneNode of(Scratch scratch, ArchiveOpener opener, Verify verify, InPlace inPlace) {
        ExtractRules rules = new ExtractRules(null, inPlace, ArchiveLimits.DEFAULT).verify(verify);
        return new OneNode(new ArrayStore(new NodeFiles(scratch), opener, rules, WINDOW_BYTES, "here"));
    }

    static OneNode of(Scratch scratch) {
        return of(scratch, new LocalOpener(), Verify.SIZE, InPlace.NEVER);
    }

    static Path archive(Path folder, int number) throws IOException {
        return Zips.deflated(
                Files.createDirectories(folder).resolve(number + ".zip"), "x.npy", Zips.npy(COUNT, number, COUNT));
    }

    ArrayRecord extract(Path archive) throws IOException {
        return extract(LocalOpener.ref(archive));
    }

    ArrayRecord extract(ArchiveRef ref) throws IOException {
        try (Archive archive = store.open(ref)) {
            return store.extract(archive, archive.entries().get(0));
        }
    }

    List<ArrayRecord> extract(Path folder, int from, int to) throws IOException {
        List<ArrayRecord> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            records.add(extract(archive(folder, number)));
        }
        return records;
    }

    <R> R read(ArrayRecord record, ArrayReader<R> reader) throws IOException {
        return store.read(record, (array, heals) -> {
            if (heals > 0) {
                healed.add(record);
            }
            noteFile(Path.of(record.path()));
            return reader.read(array, heals);
        });
    }

    private void noteFile(Path file) throws IOException {
        try {
            filesRead.add(file + " " + Files.readAttributes(file, "unix:ino,ctime"));
        } catch (NoSuchFileException e) {
            // It was healed in another folder of scratch.
        }
    }

    double sum(ArrayRecord record) throws IOException {
        return read(record, (array, heals) -> sum(array));
    }

    /** Holds the array of an archive of {@link #archive}, as a query does. */
    HeldArray hold(Path archive) throws IOException {
        return hold(LocalOpener.ref(archive), -1);
    }

    /** @param readerId as {@link ArrayStore#hold} has it */
    HeldArray hold(ArchiveRef ref, long readerId) throws IOException {
        RawLayout notNeeded = RawLayout.of(Dtype.parse("uint8"), new long[] {-1}, Order.C);
        return store.hold(ref, 0, "x.npy", notNeeded, readerId);
    }

    static double sum(MappedArray array) throws IOException {
        double[] block = new double[500];
        double sum = 0;
        for (long at = 0; at < array.size(); at += block.length) {
            array.read(at, block, 0, block.length);
            for (double value : block) {
                sum += value;
            }
        }
        return sum;
    }

    static double expected(int number) {
        return (double) COUNT * number + (double) COUNT * (COUNT - 1) / 2;
    }

    /** Asserts that a file has the extracted bytes, and is sealed. */
    static void assertSound(Path file, int number) throws IOException {
        assertThat(file).isRegularFile().hasBinaryContent(Zips.npy(COUNT, number, COUNT));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
    }

    /** Extracted files, their companions and part files under a folder, but not the marks of their readers. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[0-9a-f]{40}\\..*"))
                    .filter(file -> !file.getParent().getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
