package io.zipmap.faults;

import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.testing.LocalOpener;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A child process of the application {@code a1} that reads damaged arrays. Arguments: {@code heal} and the file of the
 * records, or {@code truncate} and the folder of the archives; then the scratch folder.
 */
final class HealingProcess {
    private HealingProcess() {}

    public static void main(String[] args) throws Exception {
        try (Scratch scratch = Scratch.open(ScratchSettings.of(List.of(args[2]), "a1"))) {
            OneNode node = OneNode.of(scratch, new LocalOpener(), Verify.CRC, InPlace.NEVER);
            if (args[0].equals("heal")) {
                heal(node, read(Path.of(args[1])));
            } else {
                truncate(node, Path.of(args[1]));
            }
        }
    }

    private static void heal(OneNode node, List<ArrayRecord> records) throws Exception {
        System.out.println("open");
        System.in.read();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<Double>> sums = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ArrayRecord record = records.get(i % 5);
            sums.add(threads.submit(() -> node.sum(record)));
        }
        for (int i = 0; i < 25; i++) {
            System.out.println(sums.get(i).get() == OneNode.expected(i % 5) ? "right" : "wrong");
        }
        threads.shutdown();
        node.filesRead.forEach(file -> System.out.println("made " + file));
    }

    private static void truncate(OneNode node, Path folder) throws IOException {
        int right = 0;
        for (int i = 0; i < 100; i++) {
            ArrayRecord record = node.extract(OneNode.archive(folder, i));
            boolean[] cut = {false};
            double sum = node.read(record, (array, heals) -> {
                double first = OneNode.sum(array);
                if (!cut[0]) {
                    cut[0] = true;
                    cut(Path.of(record.path()));
                }
                return first - first + OneNode.sum(array);
            });
            right += sum == OneNode.expected(i) ? 1 : 0;
        }
        System.out.println(node.healed.size() + " truncated, " + right + " right");
    }

    private static void cut(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(10);
        }
    }

    static Path write(List<ArrayRecord> records, Path file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(new ArrayList<>(records));
        }
        return file;
    }

    private static List<ArrayRecord> read(Path file) throws IOException, ClassNotFoundException {
        List<ArrayRecord> records = new ArrayList<>();
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            ((List<?>) in.readObject()).forEach(record -> records.add((ArrayRecord) record));
        }
        return records;
    }
}
