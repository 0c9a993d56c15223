package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.scratch.ProcessStatus;
import io.zipmap.scratch.ProcessToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one run to write an output: a hidden file beside it that says which process has it, and that changes
 * every few seconds. A lease of this host is judged by its process. One of another host is dead when it did not change
 * while it was looked at for {@link #PATIENCE}; no clock of two hosts is compared. Who takes over a lease whose owner
 * only stood still takes the right away: the owner looks again before its tables become those of the output.
 */
final class OutputLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 500;
    private static final String DEAD = ".dead-";

    private final FileSystem fs;
    private final Path file;
    private final String owner;
    private final ScheduledExecutorService beats;
    private long beat;

    private OutputLease(FileSystem fs, Path file, String owner) {
        this.fs = fs;
        this.file = file;
        this.owner = owner;
        this.beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "zipmap-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} when another run has it */
    static OutputLease take(FileSystem fs, Path output) throws IOException {
        return take(fs, output, PATIENCE);
    }

    /** @param patience for a lease whose process cannot be seen from here */
    static OutputLease take(FileSystem fs, Path output, Duration patience) throws IOException {
        Path file = HadoopPaths.child(output.getParent(), "." + output.getName() + ".lease");
        OutputLease lease = new OutputLease(
                AtomicFiles.withoutChecksums(fs), file, ProcessToken.current() + " " + UUID.randomUUID());
        boolean taken = false;
        try {
            while (!lease.create()) {
                lease.takeOver(output, patience);
            }
            // Where a file is created when it is closed, two may have created it; the last one has it.
            lease.require(output);
            lease.beats.scheduleWithFixedDelay(lease::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                lease.beats.shutdownNow();
            }
        }
    }

    private boolean create() throws IOException {
        try {
            if (HadoopPaths.isLocal(fs)) {
                java.nio.file.Files.write(
                        java.nio.file.Path.of(file.toUri().getPath()),
                        text(),
                        java.nio.file.StandardOpenOption.CREATE_NEW,
                        java.nio.file.StandardOpenOption.WRITE);
                return true;
            }
            try (OutputStream out = fs.create(file, false)) {
                out.write(text());
            }
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            // Not every file system says by a type of its own that a file is there.
            if (fs.exists(file)) {
                return false;
            }
            throw e;
        }
    }

    private byte[] text() {
        return (owner + " " + beat).getBytes(StandardCharsets.UTF_8);
    }

    /** What the lease says; empty when there is none. */
    private String said() throws IOException {
        try {
            return new String(AtomicFiles.read(fs, file), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    private synchronized boolean isOurs() throws IOException {
        return said().startsWith(owner + " ");
    }

    private void takeOver(Path output, Duration patience) throws IOException {
        String first = said();
        String token = first.replaceFirst(" .*", "");
        if (first.isEmpty() && !fs.exists(file)) {
            return;
        }
        boolean known = token.matches(ProcessToken.PATTERN);
        ProcessStatus verdict = known ? ProcessToken.status(token) : ProcessStatus.ELSEWHERE;
        if (verdict == ProcessStatus.ALIVE || verdict == ProcessStatus.ELSEWHERE && changes(first, patience)) {
            throw inUse(output, first);
        }
        Path dead = HadoopPaths.child(file.getParent(), file.getName() + DEAD + UUID.randomUUID());
        if (!said().equals(first) || !fs.rename(file, dead)) {
            return;
        }
        if (new String(AtomicFiles.read(fs, dead), StandardCharsets.UTF_8).equals(first)) {
            LOG.warn("Took over the output from a run that died: {}", output);
            fs.delete(dead, false);
        } else {
            // Another took it over first, between the look and the rename.
            AtomicFiles.renameToAbsent(fs, dead, file);
        }
    }

    private boolean changes(String first, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while looking at the lease of an output");
            }
            String now = said();
            if (now.isEmpty() && !fs.exists(file)) {
                return false;
            }
            if (!now.equals(first)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void beat() {
        try {
            if (isOurs()) {
                beat++;
                AtomicFiles.writeInPlace(fs, file, text());
            }
        } catch (IOException e) {
            LOG.warn("Cannot renew the lease of an output: {}", file, e);
        }
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} when another run took it over */
    synchronized void require(Path output) throws IOException {
        String said = said();
        if (!said.startsWith(owner + " ")) {
            throw inUse(output, said);
        }
    }

    private static ZipmapException inUse(Path output, String said) {
        return new ZipmapException(Condition.OUTPUT_IN_USE, "Cannot write where another run writes: " + output)
                .actual("the lease of " + (said.isEmpty() ? "nobody" : said))
                .advice("Wait for the other run, or choose another --output.");
    }

    @Override
    public void close() throws IOException {
        beats.shutdown();
        try {
            // A beat that is under way would make the file again.
            beats.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isOurs()) {
            fs.delete(file, false);
        }
    }
}
