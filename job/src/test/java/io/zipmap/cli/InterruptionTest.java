package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a command in a process of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptionTest {
    private static final String SAID = "zipmap: interrupted";

    @TempDir
    Path folder;

    private Path out;
    private Path err;
    private Path scratch;

    @BeforeEach
    void writeAnArchive() throws IOException {
        out = folder.resolve("out.txt");
        err = folder.resolve("err.txt");
        scratch = Files.createDirectory(folder.resolve("scratch"));
        Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
    }

    private Process start(String... words) throws IOException {
        return CommandProcess.builder(scratch, words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void anInterruptedRunSaysSoAndLeavesNothing() throws Exception {
        Process run = start("run", "--input", folder + "/a.zip", "--output", folder + "/tables");
        while (run.isAlive() && !Files.exists(folder.resolve(".tables.lease"))) {
            Thread.sleep(5);
        }
        signal(run, "INT");
        assertThat(run.waitFor()).as(Files.readString(err)).isEqualTo(130);
        assertThat(Files.readAllLines(err)).endsWith(SAID);
        assertThat(out).isEmptyFile();
        assertThat(names(folder)).containsExactlyInAnyOrder("a.zip", "scratch", "out.txt", "err.txt");
        assertThat(names(scratch)).isEmpty();
    }

    @Test
    void anInterruptedQuerySaysSoAfterTheResultsBeforeIt() throws Exception {
        Process sql = start(
                "sql", "--input", folder + "/a.zip", "SELECT 1 AS begun", "SELECT sum(id) FROM range(1000000000000)");
        while (sql.isAlive() && !Files.readString(out).contains("begun")) {
            Thread.sleep(20);
        }
        Thread.sleep(200);
        signal(sql, "TERM");
        assertThat(sql.waitFor()).as(Files.readString(err)).isEqualTo(143);
        assertThat(Files.readAllLines(err)).endsWith(SAID);
        assertThat(Files.readString(out)).doesNotContain("sum");
        assertThat(names(scratch)).isEmpty();
    }
}
