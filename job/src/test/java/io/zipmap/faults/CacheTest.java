package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.Placement;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept scratch within a budget, with several readers. */
class CacheTest {
    private static final int FILE = OneNode.FILE_BYTES;

    @TempDir
    Path folder;

    private Scratch open(String application, long files) throws IOException {
        List<String> folders =
                List.of(folder.resolve("d1").toString(), folder.resolve("d2").toString());
        return Scratch.open(ScratchSettings.of(folders, application)
                .keep(true)
                .budgetBytes(files * FILE + 10)
                .patience(Duration.ofSeconds(1)));
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(OneNode.files(folder.resolve("d1")));
        files.addAll(OneNode.files(folder.resolve("d2")));
        return files;
    }

    @Test
    void oneRunLargerThanTheBudgetReadsAllItsArrays() throws IOException {
        try (Scratch scratch = open("a1", 3)) {
            OneNode node = OneNode.of(scratch);
            List<ArrayRecord> records = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                records.add(node.extract(OneNode.archive(folder.resolve("in"), number)));
                assertThat(files()).hasSizeLessThanOrEqualTo(3);
            }
            for (int number = 0; number < 8; number++) {
                assertThat(node.sum(records.get(number))).isEqualTo(OneNode.expected(number));
                assertThat(files()).hasSizeLessThanOrEqualTo(3);
            }
            assertThat(node.healed).isNotEmpty();
            assertThat(marks()).as("no file is in use between reads").isEmpty();
        }
        assertThat(files()).as("kept files").hasSize(3);
    }

    private List<Path> marks() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.getParent().getFileName().toString().startsWith(".use-"))
                    .toList();
        }
    }

    @Test
    void neverTakesAFileThatIsMappedHereOrInAnotherProcess() throws IOException {
        try (Scratch scratch = open("a1", 2);
                Scratch other = open("a2", 2)) {
            OneNode node = OneNode.of(scratch);
            OneNode there = OneNode.of(other);
            List<ArrayRecord> records = node.extract(folder.resolve("in"), 0, 2);
            Path archive = OneNode.archive(folder.resolve("in"), 2);
            double sum = node.read(records.get(0), (first, heals) -> {
                double one = OneNode.sum(first);
                there.extract(archive);
                assertThat(Path.of(records.get(0).path())).exists();
                assertThat(Path.of(records.get(1).path())).doesNotExist();
                double two = there.read(records.get(1), (second, again) -> {
                    Errors.named(Condition.SCRATCH_FULL, () -> node.extract(archive));
                    return OneNode.sum(second);
                });
                return one + two;
            });
            assertThat(sum).isEqualTo(OneNode.expected(0) + OneNode.expected(1));
            assertThat(node.extract(archive).placed()).isEqualTo(Placement.EXTRACTED);
        }
    }

    @Test
    void threadsOfTwoProcessesThatTakeRoomFromEachOtherAllReadRight() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Scratch scratch = open("a1", 6);
                Scratch other = open("a2", 6)) {
            OneNode node = OneNode.of(scratch);
            OneNode there = OneNode.of(other);
            List<ArrayRecord> records = node.extract(folder.resolve("in"), 0, 12);
            List<Future<Boolean>> right = new ArrayList<>();
            Random random = new Random(5);
            for (int i = 0; i < 300; i++) {
                int number = random.nextInt(records.size());
                OneNode reader = i % 2 == 0 ? node : there;
                right.add(threads.submit(() -> reader.sum(records.get(number)) == OneNode.expected(number)));
            }
            for (Future<Boolean> read : right) {
                assertThat(read.get(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(files()).hasSizeLessThanOrEqualTo(6);
        } finally {
            threads.shutdownNow();
        }
        assertThat(marks()).isEmpty();
    }

    @Test
    void theNextApplicationExtractsNothing() throws IOException {
        Path in = folder.resolve("in");
        try (Scratch scratch = open("a1", 9)) {
            OneNode.of(scratch).extract(in, 0, 3);
        }
        try (Scratch scratch = open("a2", 9)) {
            OneNode node = OneNode.of(scratch);
            for (int number = 0; number < 3; number++) {
                ArrayRecord record = node.extract(in.resolve(number + ".zip"));
                assertThat(record.placed()).isEqualTo(Placement.REUSED);
                assertThat(node.sum(record)).isEqualTo(OneNode.expected(number));
            }
        }
    }
}
