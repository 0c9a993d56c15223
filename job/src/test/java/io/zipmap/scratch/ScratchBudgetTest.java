package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScratchBudgetTest extends ScratchFixture {
    @Test
    void theBudgetHoldsForAllProcessesOfTheApplication() throws IOException {
        try (Scratch one = Scratch.open(twoFolders("a1").budgetBytes(25));
                Scratch other = Scratch.open(twoFolders("a1").budgetBytes(25))) {
            one.obtain(tenBytes("f1"), TEN_BYTES);
            Path second = other.obtain(tenBytes("f2"), TEN_BYTES).path();
            assertThatThrownBy(() -> one.obtain(tenBytes("f3"), NEVER_CALLED))
                    .hasMessageContaining("expected: at most 25 bytes, the scratch budget")
                    .hasMessageContaining("actual: 20 bytes there already")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            Files.delete(second);
            assertThat(one.obtain(tenBytes("f3"), TEN_BYTES).reused()).isFalse();
        }
    }

    @Test
    void waitsForRoomWhileAllKeptFilesAreInUse() throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try (Scratch reader = Scratch.open(app("a1").keep(true).budgetBytes(30));
                Scratch waiting = Scratch.open(app("a2").keep(true).budgetBytes(30))) {
            List<ScratchFile> used = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                used.add(reader.obtain(tenBytes("f" + i), TEN_BYTES));
            }
            assertThatThrownBy(() -> waiting.obtain(FileExpectation.optional("zones", 10, file -> true), NEVER_CALLED))
                    .as("an optional file does not wait")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            assertThatThrownBy(() -> waiting.obtain(FileExpectation.of("large", 31), NEVER_CALLED))
                    .as("a file larger than the budget does not wait")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            assertThat(fileNames("keep")).containsExactly("f0", "f1", "f2");
            later.schedule(() -> used.get(1).close(), 400, TimeUnit.MILLISECONDS);
            try (ScratchFile made = waiting.obtain(tenBytes("f3"), TEN_BYTES)) {
                assertThat(made.reused()).isFalse();
            }
            assertThat(fileNames("keep")).containsExactly("f0", "f2", "f3");
        } finally {
            later.shutdownNow();
        }
    }

    @Test
    void theWaitForRoomIsBounded() throws IOException {
        Duration patience = Duration.ofMillis(600);
        try (Scratch scratch = Scratch.open(app("a1").keep(true).budgetBytes(15).patience(patience))) {
            scratch.obtain(tenBytes("f1"), TEN_BYTES);
            long start = System.nanoTime();
            assertThatThrownBy(() -> scratch.obtain(tenBytes("f2"), NEVER_CALLED))
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(patience, Duration.ofSeconds(15));
        }
        try (Scratch scratch = Scratch.open(app("a2").budgetBytes(15))) {
            scratch.obtain(tenBytes("f1"), TEN_BYTES);
            long start = System.nanoTime();
            assertThatThrownBy(() -> scratch.obtain(tenBytes("f2"), NEVER_CALLED))
                    .as("files of an application stay until it ends")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void keptFilesOutliveApplicationsAndTheLeastRecentlyUsedAreRemovedFirst() throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Scratch scratch = Scratch.open(impatient("a1"))) {
            for (int i = 0; i < 3; i++) {
                paths.add(scratch.obtain(tenBytes("f" + i), TEN_BYTES).path());
                Files.setLastModifiedTime(paths.get(i), FileTime.fromMillis(1000 + i));
            }
            assertThatThrownBy(() -> scratch.obtain(tenBytes("f3"), NEVER_CALLED))
                    .as("all files are in use")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
        }
        try (Scratch scratch = Scratch.open(impatient("a2"))) {
            assertThat(scratch.obtain(tenBytes("f0"), NEVER_CALLED).reused()).isTrue();
            scratch.obtain(tenBytes("f3"), TEN_BYTES);
            assertThat(paths.get(0)).exists();
            assertThat(paths.get(1)).doesNotExist();
            assertThat(paths.get(2)).exists();
            try (Scratch other = Scratch.open(impatient("a3"))) {
                other.obtain(tenBytes("f4"), TEN_BYTES);
                assertThat(paths.get(2)).doesNotExist();
                assertThatThrownBy(() -> other.obtain(tenBytes("f5"), NEVER_CALLED))
                        .as("two files are in use by the other scratch, one by this")
                        .satisfies(hasCondition(Condition.SCRATCH_FULL));
            }
        }
        assertThat(fileNames("keep")).containsExactly("f0", "f3", "f4");
    }

    /** Settings for three kept files, without a wait for files that are in use. */
    private ScratchSettings impatient(String application) {
        return app(application).keep(true).budgetBytes(30).patience(Duration.ZERO);
    }
}
