package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.scratch.ProcessToken;
import io.zipmap.scratch.TokenProcess;
import io.zipmap.testing.ChildJvm;
import io.zipmap.testing.Errors;
import io.zipmap.testing.NonLocalFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputLeaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String ELSEWHERE = "00000000-00000000-1-00000000 run ";

    @TempDir
    Path folder;

    private OutputLease take(String scheme) throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.set(NonLocalFileSystem.KEY, NonLocalFileSystem.class.getName());
        org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(scheme, "", folder + "/out");
        return OutputLease.take(FileSystem.get(output.toUri(), configuration), output, PATIENCE);
    }

    private Path file() {
        return folder.resolve(".out.lease");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "far"})
    void oneRunHasTheLeaseAtATime(String scheme) throws IOException {
        try (OutputLease lease = take(scheme)) {
            assertThat(file()).exists();
            Errors.named(Condition.OUTPUT_IN_USE, () -> take(scheme));
        }
        assertThat(folder).isEmptyDirectory();
        take(scheme).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKilledProcessLosesTheLeaseAtOnceAndAStoppedOneDoesNot() throws Exception {
        try (ChildJvm child = ChildJvm.start(":", folder, TokenProcess.class)) {
            Files.writeString(file(), child.line() + " run 1");
            child.signal("STOP");
            Errors.named(Condition.OUTPUT_IN_USE, () -> take("file"));
            child.signal("KILL");
            child.exitStatus();
            long start = System.nanoTime();
            take("file").close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** The same process id with another start time. */
    @Test
    void aReusedProcessIdIsNotTheOwner() throws IOException {
        Files.writeString(file(), ProcessToken.current().replaceFirst("[0-9a-f]{8}$", "00000000") + " run 1");
        take("file").close();
    }

    @Test
    void aLeaseOfAnotherHostThatDoesNotChangeIsTakenOver() throws IOException {
        for (String left : new String[] {ELSEWHERE + "7", "", "no lease"}) {
            Files.writeString(file(), left);
            take("far").close();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aLeaseOfAnotherHostThatChangesIsLeftAlone() throws Exception {
        AtomicInteger beat = new AtomicInteger();
        Files.writeString(file(), ELSEWHERE + "0");
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try {
            other.scheduleWithFixedDelay(
                    () -> {
                        try {
                            Files.writeString(file(), ELSEWHERE + beat.incrementAndGet());
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    },
                    200,
                    200,
                    TimeUnit.MILLISECONDS);
            Errors.named(Condition.OUTPUT_IN_USE, () -> take("far"));
        } finally {
            other.shutdownNow();
        }
        assertThat(Files.readString(file())).startsWith(ELSEWHERE);
    }
}
